package dev.meterbook.bench.micro;

import dev.meterbook.platform.eventlog.ChainHash;
import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.NewEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The hash of a batch of the event log; the figure is for one event of it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ChainHashBench {

    private static final int EVENTS = 500;
    private static final int PAYLOAD_BYTES = 180;
    private static final long RECORD_TIME_MICROS = 1_793_000_000_000_000L;

    private final byte[] previous = new byte[32];
    private final List<NewEvent> events = events();

    /** For JMH. */
    public ChainHashBench() {}

    private static List<NewEvent> events() {
        List<NewEvent> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            events.add(
                    NewEvent.of(
                            "acme",
                            new UUID(7, i),
                            EventType.of("metering.UsageRecorded"),
                            new byte[PAYLOAD_BYTES]));
        }
        return events;
    }

    /** 500 events of usual size. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public byte[] hash() {
        ChainHash chain = new ChainHash(previous, 0, 1);
        for (NewEvent event : events) {
            chain.add(event, RECORD_TIME_MICROS);
        }
        return chain.finish();
    }
}
