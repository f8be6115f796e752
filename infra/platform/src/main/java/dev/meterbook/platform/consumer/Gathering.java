package dev.meterbook.platform.consumer;

import java.time.Duration;

/**
 * Rests until enough has come for a large page, where that takes no time to speak of. What a page
 * writes once for many, such as a row of sums, costs less for each the more of them the page holds;
 * where they come slowly a rest would gather few, and {@link Rest} is kept instead. What counts is
 * how fast they come, not how many a page held: a page that a stall made large changes nothing.
 * Used by one thread at a time.
 */
public final class Gathering {

    private final int enough;
    private final Duration longest;
    private long came;
    private long sinceNanos = System.nanoTime();

    /**
     * Gathers.
     *
     * @param enough what a large page holds
     * @param longest a rest that would be longer is not worth it
     */
    public Gathering(int enough, Duration longest) {
        this.enough = enough;
        this.longest = longest;
    }

    /** So many came. */
    public void add(int count) {
        came += count;
    }

    /**
     * The rest behind a page.
     *
     * @param took how long the page took, in which more came already
     */
    public Duration behind(Duration took) {
        long now = System.nanoTime();
        Duration rest = after(Duration.ofNanos(now - sinceNanos), took);
        sinceNanos = now;
        came = 0;
        return rest;
    }

    /** The rest, if all that came did so in {@code time}. */
    Duration after(Duration time, Duration took) {
        Duration untilEnough = time.multipliedBy(enough).dividedBy(Math.max(1, came));
        if (untilEnough.compareTo(longest) > 0) {
            return Rest.behind(took);
        }
        Duration rest = untilEnough.minus(took);
        return rest.isNegative() ? Duration.ZERO : rest;
    }
}
