package dev.meterbook.allocation.intake;

import dev.meterbook.platform.consumer.Rest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long the roll-up rests behind a page. A row is touched once a page, however many of its calls
 * are in there: where calls have come as fast as the system takes them for a while, a longer rest
 * makes pages of many thousand calls, which touch half as many rows a call. Pricing tells, not the
 * roll-up's own pages, which grow by the rest itself: it fills events only where a thousand calls
 * wait for it at a time.
 */
final class Gathering {

    /** Calls of an event that pricing has filled. */
    private static final int FULL_EVENT = 1_000;

    /** A stall is over sooner, and then a long rest would only add to it. */
    private static final long A_WHILE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final Duration LONG_REST = Duration.ofMillis(400);

    private final LongSupplier nanoTime;
    private volatile long easyNanos;

    /**
     * Begins with a page that had no full event.
     *
     * @param nanoTime as {@link System#nanoTime}
     */
    Gathering(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.easyNanos = nanoTime.getAsLong();
    }

    /** Takes note of a page. */
    void page(List<RatedBatch> events) {
        if (events.stream().allMatch(event -> event.calls().size() < FULL_EVENT)) {
            easyNanos = nanoTime.getAsLong();
        }
    }

    /**
     * The rest behind a page.
     *
     * @param took how long the page took
     */
    Duration rest(Duration took) {
        return nanoTime.getAsLong() - easyNanos < A_WHILE_NANOS ? Rest.behind(took) : LONG_REST;
    }
}
