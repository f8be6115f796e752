package dev.meterbook.pricing.domain;

import java.time.LocalDate;
import java.time.ZoneOffset;

/** How long quantities are counted together; calendar periods in UTC. */
public enum VolumePeriod {
    /** A calendar month. */
    MONTH,
    /** A calendar year. */
    YEAR,
    /** As long as the contract lasts. */
    CONTRACT;

    /** The period that holds a moment, given in microseconds since 1970-01-01T00:00Z. */
    public Validity holding(long micros) {
        LocalDate date = LocalDate.ofInstant(Validity.instant(micros), ZoneOffset.UTC);
        return switch (this) {
            case MONTH -> {
                LocalDate first = date.withDayOfMonth(1);
                yield new Validity(micros(first), micros(first.plusMonths(1)));
            }
            case YEAR -> {
                LocalDate first = date.withDayOfYear(1);
                yield new Validity(micros(first), micros(first.plusYears(1)));
            }
            case CONTRACT -> new Validity(0, Validity.OPEN);
        };
    }

    private static long micros(LocalDate date) {
        return Validity.micros(date.atStartOfDay().toInstant(ZoneOffset.UTC));
    }
}
