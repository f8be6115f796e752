package dev.meterbook.bench;

import dev.meterbook.bench.micro.PurePathBench;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks of the pure parts. */
final class MicroBenches {

    private MicroBenches() {}

    static void run(String filter) throws RunnerException {
        Options options =
                new OptionsBuilder()
                        .include(PurePathBench.class.getSimpleName() + ".*" + filter)
                        .warmupIterations(5)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(1))
                        .forks(1)
                        .build();
        new Runner(options).run();
    }
}
