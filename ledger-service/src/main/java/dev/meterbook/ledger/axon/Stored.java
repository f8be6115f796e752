package dev.meterbook.ledger.axon;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Decimals;
import dev.meterbook.kernel.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** How amounts and times stand in the events of the ledger. */
final class Stored {

    private Stored() {}

    /** An amount from its text. */
    static Money money(String stored, CurrencyCode currency) {
        BigDecimal amount = readable(Decimals.parse(stored), stored);
        return new Money(amount, currency);
    }

    /**
     * What was read.
     *
     * @throws IllegalArgumentException if it could not be read: the log is damaged
     */
    static <T> T readable(Optional<T> parsed, Object stored) {
        return parsed.orElseThrow(
                () -> new IllegalArgumentException("\"" + stored + "\" stands in the log"));
    }

    /** Microseconds since 1970-01-01T00:00Z. */
    static long micros(Instant moment) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
    }

    /** The moment of a number of microseconds since 1970-01-01T00:00Z. */
    static Instant moment(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
