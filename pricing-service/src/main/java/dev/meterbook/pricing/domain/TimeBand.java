package dev.meterbook.pricing.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * What prices are multiplied with at some time of each day, such as off-peak hours. The time at
 * which a call occurred counts. Of several bands that hold the first one of the contract counts.
 *
 * @param models the models
 * @param zone the zone whose clock counts
 * @param fromSecond first second of the day; inclusive
 * @param untilSecond first second after, up to 86,400; below the first one the band passes midnight
 * @param multiplier what prices are multiplied with, above 0
 */
public record TimeBand(
        ModelPattern models, ZoneId zone, int fromSecond, int untilSecond, BigDecimal multiplier) {

    /** Seconds of a day by the clock; a day when the clock is changed counts the hours it shows. */
    public static final int SECONDS_OF_DAY = 86_400;

    private static final long MICROS = 1_000_000;

    /** Strips trailing zeros, so that equal bands are equal records. */
    public TimeBand {
        multiplier = multiplier.stripTrailingZeros();
    }

    /** True if the clock of the zone shows a time of the band. */
    public boolean includes(long micros) {
        long second = Math.floorDiv(micros, MICROS);
        int offset = zone.getRules().getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
        int ofDay = (int) Math.floorMod(second + offset, (long) SECONDS_OF_DAY);
        return fromSecond < untilSecond
                ? fromSecond <= ofDay && ofDay < untilSecond
                : fromSecond <= ofDay || ofDay < untilSecond;
    }

    /** First moment of each day, such as {@code 22:00}. */
    public String start() {
        return text(fromSecond);
    }

    /** First moment after, such as {@code 06:00} or {@code 24:00}. */
    public String end() {
        return text(untilSecond);
    }

    private static String text(int second) {
        return second == SECONDS_OF_DAY ? "24:00" : LocalTime.ofSecondOfDay(second).toString();
    }

    /** What prices are multiplied with. */
    Factor factor() {
        return new Factor("time " + start() + " to " + end() + " " + zone.getId(), multiplier);
    }
}
