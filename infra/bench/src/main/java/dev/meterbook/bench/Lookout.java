package dev.meterbook.bench;

import dev.meterbook.bench.Arrivals.Arrival;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;
import java.util.function.ToLongFunction;

/** Looks about once a millisecond how far a stage is, as a reader beside it would. */
final class Lookout implements AutoCloseable {

    private static final long PAUSE_NANOS = 1_000_000;
    private static final long LAST_LOOK_MILLIS = 100;

    private final Stages stages;
    private final ToLongFunction<Stages> look;
    private final LongUnaryOperator usagePosition;
    private final List<Sight> sights = new ArrayList<>();
    private final Thread thread;
    private volatile boolean closed;

    private record Sight(long nanos, long position) {}

    private Lookout(BenchSystem system, ToLongFunction<Stages> look, boolean ofRatings) {
        this.stages = new Stages(system.servers());
        this.look = look;
        this.usagePosition = ofRatings ? stages::usagePosition : position -> position;
        this.thread = Thread.ofPlatform().daemon().name("bench-lookout").start(this::lookOut);
    }

    /** For calls in the roll-up. */
    static Lookout forRollUp(BenchSystem system) {
        return new Lookout(system, Stages::rolledUp, false);
    }

    /** For calls counted in Redis. */
    static Lookout forCounter(BenchSystem system) {
        return new Lookout(system, Stages::countedRating, true);
    }

    private void lookOut() {
        long last = -1;
        while (!closed) {
            long position = look.applyAsLong(stages);
            if (position != last) {
                last = position;
                sights.add(new Sight(System.nanoTime(), position));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Milliseconds from each arrival until it was seen; 0 if it was seen before it arrived. */
    Latency.Times times(List<Arrival> arrivals) {
        Pauses.millis(LAST_LOOK_MILLIS);
        stop();
        NavigableMap<Long, Long> seen = new TreeMap<>();
        for (Sight sight : sights) {
            seen.putIfAbsent(usagePosition.applyAsLong(sight.position), sight.nanos);
        }
        return Latency.Times.of(
                arrivals.stream().mapToDouble(each -> millis(each, seen)).toArray());
    }

    private static double millis(Arrival arrival, NavigableMap<Long, Long> seen) {
        Map.Entry<Long, Long> sight = seen.ceilingEntry(arrival.position());
        if (sight == null) {
            throw new BenchFailure("position " + arrival.position() + " was never seen");
        }
        return Math.max(0, sight.getValue() - arrival.nanos()) / 1e6;
    }

    private void stop() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
        stages.close();
    }
}
