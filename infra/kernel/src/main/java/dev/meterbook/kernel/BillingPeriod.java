package dev.meterbook.kernel;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * A calendar month in UTC: the unit that is closed and invoiced. It holds the moments from its
 * start (inclusive) to its end (exclusive).
 *
 * @param month the month
 */
public record BillingPeriod(YearMonth month) implements Comparable<BillingPeriod> {

    /** The period that holds a moment. */
    public static BillingPeriod of(Instant moment) {
        return new BillingPeriod(YearMonth.from(moment.atOffset(ZoneOffset.UTC)));
    }

    /** Reads a text such as {@code 2026-11}; empty if it is not a month. */
    public static Optional<BillingPeriod> parse(String text) {
        try {
            return Optional.of(new BillingPeriod(YearMonth.parse(text)));
        } catch (DateTimeParseException notAMonth) {
            return Optional.empty();
        }
    }

    /** First moment of the period. */
    public Instant start() {
        return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    /** First moment after the period. */
    public Instant end() {
        return month.plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    @Override
    public int compareTo(BillingPeriod other) {
        return month.compareTo(other.month);
    }

    @Override
    public String toString() {
        return month.toString();
    }
}
