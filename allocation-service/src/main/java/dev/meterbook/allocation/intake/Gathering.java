package dev.meterbook.allocation.intake;

import dev.meterbook.platform.consumer.Rest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long the roll-up rests behind a page. A row is touched once a page, however many of its calls
 * are in there: where calls have come as fast as the system takes them for a while, it rests until
 * some thousand more have come, which touch half as many rows a call. Pricing tells when that is,
 * not the roll-up's own pages, which grow by the rest itself: it fills events only where a thousand
 * calls wait for it at a time. For the consumer's thread; a retry beside it may change one rest.
 */
final class Gathering {

    /** Calls of an event that pricing has filled. */
    private static final int FULL_EVENT = 1_000;

    /** A stall is over sooner, and then a long rest would only add to it. */
    private static final long A_WHILE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** More would save little. */
    private static final long ENOUGH_CALLS = 16_000;

    private static final Duration LONGEST = Duration.ofMillis(400);

    private final LongSupplier nanoTime;
    private long easyNanos;
    private long restedNanos;
    private long calls;

    /**
     * Begins with a page that had no full event.
     *
     * @param nanoTime as {@link System#nanoTime}
     */
    Gathering(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.easyNanos = nanoTime.getAsLong();
        this.restedNanos = easyNanos;
    }

    /** Takes note of a page. */
    void page(List<RatedBatch> events) {
        boolean hasFull = false;
        for (RatedBatch event : events) {
            calls += event.calls().size();
            hasFull |= event.calls().size() >= FULL_EVENT;
        }
        if (!hasFull) {
            easyNanos = nanoTime.getAsLong();
        }
    }

    /**
     * The rest behind a page.
     *
     * @param took how long the page took
     */
    Duration rest(Duration took) {
        long now = nanoTime.getAsLong();
        long nanosOfEnough = (now - restedNanos) * ENOUGH_CALLS / Math.max(1, calls);
        restedNanos = now;
        calls = 0;
        return now - easyNanos < A_WHILE_NANOS
                ? Rest.behind(took)
                : between(Rest.behind(took), Duration.ofNanos(nanosOfEnough).minus(took));
    }

    private static Duration between(Duration least, Duration wanted) {
        Duration atMost = wanted.compareTo(LONGEST) < 0 ? wanted : LONGEST;
        return atMost.compareTo(least) < 0 ? least : atMost;
    }
}
