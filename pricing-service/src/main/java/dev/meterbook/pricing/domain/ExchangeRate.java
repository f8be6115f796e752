package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Violation;
import dev.meterbook.pricing.domain.PricingCommand.SetExchangeRate;
import dev.meterbook.pricing.domain.PricingEvent.ExchangeRateSet;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What one unit of a currency is worth in another from some moment on, until the next rate of the
 * two begins. Rates are facts: they are only ever added.
 *
 * @param id the rate's id; ratings name it
 * @param from the currency that is converted
 * @param to the currency that it is converted into
 * @param rate units of {@code to} for one unit of {@code from}, above 0
 * @param fromMicros first moment, in microseconds since 1970-01-01T00:00Z
 */
public record ExchangeRate(
        String id, CurrencyCode from, CurrencyCode to, BigDecimal rate, long fromMicros) {

    /** Strips trailing zeros, so that equal rates are equal records. */
    public ExchangeRate {
        rate = rate.stripTrailingZeros();
    }

    /** Decides about a rate; {@code state} is the rate of that id, null if there is none. */
    public static Decision decide(@Nullable ExchangeRate state, SetExchangeRate command) {
        if (state == null) {
            return new Decision.Accepted(new ExchangeRateSet(command.rate()));
        }
        return state.equals(command.rate())
                ? new Decision.Unchanged()
                : new Decision.Refused(
                        Decision.Kind.ALREADY_EXISTS,
                        new Violation(
                                "EXCHANGE_RATE_EXISTS",
                                "exchange_rate_id",
                                state.id(),
                                "an id that is free, or the same rate again"));
    }

    /** An amount in the other currency, exact. */
    public BigDecimal convert(BigDecimal amount) {
        return amount.multiply(rate);
    }
}
