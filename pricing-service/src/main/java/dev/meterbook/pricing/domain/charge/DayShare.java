package dev.meterbook.pricing.domain.charge;

import dev.meterbook.kernel.CurrencyCode;
import java.math.BigDecimal;

/**
 * Some days of a period.
 *
 * @param days counted days, from 0
 * @param ofDays days of the whole period, above 0
 */
public record DayShare(BigDecimal days, BigDecimal ofDays) {

    /** The whole period. */
    public static final DayShare WHOLE = new DayShare(BigDecimal.ONE, BigDecimal.ONE);

    /**
     * Checks.
     *
     * @throws IllegalArgumentException if the days are negative or the period has none
     */
    public DayShare {
        if (days.signum() < 0 || ofDays.signum() <= 0) {
            throw new IllegalArgumentException(
                    "days: " + days + " of " + ofDays + " (expected: from 0, of more than 0)");
        }
    }

    /** These days' share of an amount, rounded once to the minor unit. */
    public BigDecimal of(BigDecimal amount, CurrencyCode currency) {
        return MoneyRounding.HALF_UP.roundFraction(amount.multiply(days), ofDays, currency);
    }

    /** A percentage of these days' share, rounded once: the share itself is not rounded before. */
    public BigDecimal percentOf(BigDecimal amount, BigDecimal percent, CurrencyCode currency) {
        return MoneyRounding.HALF_UP.roundFraction(
                MoneyRounding.percentOf(amount, percent).multiply(days), ofDays, currency);
    }
}
