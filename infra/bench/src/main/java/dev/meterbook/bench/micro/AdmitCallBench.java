package dev.meterbook.bench.micro;

import dev.meterbook.kernel.usage.TokenCounts;
import dev.meterbook.kernel.usage.TokenCounts.Convention;
import dev.meterbook.kernel.usage.ToldUsage;
import dev.meterbook.metering.domain.Admission;
import dev.meterbook.metering.domain.Intake;
import dev.meterbook.metering.domain.MeteredCall;
import dev.meterbook.metering.domain.MeteredCall.Attribution;
import dev.meterbook.metering.domain.MeteredCall.CallStatus;
import dev.meterbook.metering.domain.MeteredCall.Ending;
import dev.meterbook.metering.domain.MeteredCall.Lineage;
import dev.meterbook.metering.domain.MeteredCall.Model;
import dev.meterbook.metering.domain.MeteredCall.ServiceTier;
import dev.meterbook.metering.domain.MeteredCall.Trace;
import dev.meterbook.metering.domain.OccurTime;
import dev.meterbook.metering.domain.Tenants.Standing;
import dev.meterbook.metering.domain.Usage;
import dev.meterbook.metering.domain.Usage.CountSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Checking one call against every limit and splitting its counts into disjoint kinds. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AdmitCallBench {

    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

    private final Intake intake = new Intake(tenant -> Standing.ACTIVE);
    private final MeteredCall call = call();

    /** For JMH. */
    public AdmitCallBench() {}

    private static MeteredCall call() {
        TokenCounts tokens =
                new TokenCounts(Convention.INCLUSIVE, 1_532, 129, 512, 0, 0, 0, 40, 0, 0);
        return new MeteredCall(
                "0192f0c1-2b1a-7c3d-8e4f-0123456789ab",
                "acme",
                new OccurTime(NOW.getEpochSecond() - 1, 0),
                new Usage(new ToldUsage(tokens, List.of(), null), CountSource.PROVIDER),
                new Attribution(
                        "chat-assistant",
                        "customer-7",
                        "u-0042",
                        "",
                        "prod",
                        "chat",
                        "",
                        "",
                        "chat"),
                new Model("openai", "gpt-5-mini", "", "eu", ServiceTier.STANDARD, ""),
                new Lineage("c-17", "", "", "", "", "", 1, ""),
                new Trace("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"),
                new Ending(CallStatus.OK, 840, 0),
                "",
                Map.of("team", "support"),
                0);
    }

    /** A call with the usual fields. */
    @Benchmark
    public Admission admit() {
        return intake.admit(call, "acme", NOW);
    }
}
