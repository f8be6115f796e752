package dev.meterbook.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.metering.domain.Admission;
import dev.meterbook.pricing.domain.Rating;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What the benchmarks measure is right, and they run. */
class MicroBenchesTest {

    @Test
    void rates_the_call_it_measures() {
        RateCallBench bench = new RateCallBench();
        bench.prepare();

        assertThat(bench.rate())
                .isInstanceOfSatisfying(
                        Rating.Rated.class,
                        rated -> {
                            // 1,020 x 1.25 + 512 x 0.125 + 129 x 10 + 40 x 8 millionths
                            assertThat(rated.billedCost()).isEqualByComparingTo("0.002949");
                            assertThat(rated.charge()).isEqualByComparingTo("0.003317625");
                        });
    }

    @Test
    void admits_the_call_it_measures() {
        assertThat(new AdmitCallBench().admit())
                .isInstanceOfSatisfying(
                        Admission.Accepted.class,
                        accepted ->
                                assertThat(accepted.quantities().inputTokens()).isEqualTo(1_532));
    }

    @Test
    void posts_every_call_of_the_batch_it_measures() {
        assertThat(new PostBatchBench().post().bookedCalls()).isEqualTo(1_000);
    }

    @Test
    void every_benchmark_runs() throws Exception {
        Collection<RunResult> results =
                new Runner(
                                new OptionsBuilder()
                                        .include("dev.meterbook.bench.micro")
                                        .forks(0)
                                        .warmupIterations(0)
                                        .measurementIterations(1)
                                        .measurementTime(TimeValue.milliseconds(20))
                                        .verbosity(VerboseMode.SILENT)
                                        .build())
                        .run();

        assertThat(results).as("with each value of its parameters").hasSize(15);
        assertThat(results.stream().map(each -> each.getParams().getBenchmark()).distinct())
                .hasSize(4);
        assertThat(results)
                .allSatisfy(
                        result -> assertThat(result.getPrimaryResult().getScore()).isPositive());
    }
}
