package dev.meterbook.gateway.portal;

import dev.meterbook.gateway.domain.Period;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments as people read them, in UTC. */
final class Times {

    private static final DateTimeFormatter FULL =
            DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SHORT =
            DateTimeFormatter.ofPattern("d MMM, HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY_OF_YEAR =
            DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("MMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private Times() {}

    /** To the second: {@code 23 Nov 2026, 10:15:30}. */
    static String full(Instant time) {
        return FULL.format(time);
    }

    /** To the minute, without year. */
    static String brief(Instant time) {
        return SHORT.format(time);
    }

    /** The day. */
    static String day(Instant time) {
        return DAY.format(time);
    }

    /** As fine as a chart's axis. */
    static String step(Instant time, Period.Step step) {
        return switch (step) {
            case HOUR -> SHORT.format(time);
            case DAY -> DAY_OF_YEAR.format(time);
            case MONTH -> MONTH.format(time);
        };
    }
}
