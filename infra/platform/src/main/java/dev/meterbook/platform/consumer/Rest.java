package dev.meterbook.platform.consumer;

import java.time.Duration;

/**
 * How long to rest behind a page of a log, so that the next one grows under load, which costs less
 * for each event: half as long as the page took. Under light load that is no time to speak of.
 */
public final class Rest {

    /** Longer rests would be seen by those who wait for the output. */
    private static final Duration LONGEST = Duration.ofMillis(8);

    private Rest() {}

    /**
     * The rest behind a page.
     *
     * @param took how long the page took
     */
    public static Duration behind(Duration took) {
        Duration half = took.dividedBy(2);
        return half.compareTo(LONGEST) < 0 ? half : LONGEST;
    }
}
