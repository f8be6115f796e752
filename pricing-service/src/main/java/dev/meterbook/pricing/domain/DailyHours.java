package dev.meterbook.pricing.domain;

import java.time.LocalTime;
import java.time.temporal.ChronoField;

/**
 * Hours of each day by the clock of UTC.
 *
 * @param from first time of day; inclusive
 * @param until first time of day after; exclusive. Before the first one the hours pass midnight;
 *     the same as the first one means the whole day
 */
public record DailyHours(LocalTime from, LocalTime until) {

    private static final long MICROS_OF_DAY = 86_400_000_000L;

    /** True if a moment is in the hours. */
    public boolean include(long micros) {
        long ofDay = Math.floorMod(micros, MICROS_OF_DAY);
        long first = from.getLong(ChronoField.MICRO_OF_DAY);
        long end = until.getLong(ChronoField.MICRO_OF_DAY);
        return first < end ? first <= ofDay && ofDay < end : first <= ofDay || ofDay < end;
    }

    /** True if there is a time of day that is in both. */
    public boolean overlap(DailyHours other) {
        return include(micros(other.from)) || other.include(micros(from));
    }

    private static long micros(LocalTime time) {
        return time.getLong(ChronoField.MICRO_OF_DAY);
    }

    /** Such as {@code 00:30 to 16:30}. */
    @Override
    public String toString() {
        return from + " to " + until;
    }
}
