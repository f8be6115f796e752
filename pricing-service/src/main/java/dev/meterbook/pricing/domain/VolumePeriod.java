package dev.meterbook.pricing.domain;

import java.time.Instant;
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

    /**
     * First moment of the period that holds a moment, in microseconds since 1970-01-01T00:00Z; 0
     * for the contract.
     */
    public long startMicros(long micros) {
        return switch (this) {
            case MONTH -> Validity.micros(start(date(micros).withDayOfMonth(1)));
            case YEAR -> Validity.micros(start(date(micros).withDayOfYear(1)));
            case CONTRACT -> 0;
        };
    }

    private static LocalDate date(long micros) {
        return LocalDate.ofInstant(Validity.instant(micros), ZoneOffset.UTC);
    }

    private static Instant start(LocalDate date) {
        return date.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
