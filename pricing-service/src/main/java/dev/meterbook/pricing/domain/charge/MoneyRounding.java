package dev.meterbook.pricing.domain.charge;

import dev.meterbook.kernel.CurrencyCode;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** How an amount becomes one of whole minor units. */
public enum MoneyRounding {
    /** To the nearest one; a half goes away from zero. */
    HALF_UP(RoundingMode.HALF_UP),
    /** Away from zero. */
    UP(RoundingMode.UP),
    /** Towards zero. */
    DOWN(RoundingMode.DOWN);

    private final RoundingMode mode;

    MoneyRounding(RoundingMode mode) {
        this.mode = mode;
    }

    /** The amount in whole minor units of the currency. */
    public BigDecimal round(BigDecimal amount, CurrencyCode currency) {
        return amount.setScale(currency.minorDigits(), mode);
    }

    /** A fraction in whole minor units; rounded once, however long the fraction is. */
    public BigDecimal roundFraction(
            BigDecimal numerator, BigDecimal denominator, CurrencyCode currency) {
        return numerator.divide(denominator, currency.minorDigits(), mode);
    }

    /** So many percent of an amount, exactly. */
    static BigDecimal percentOf(BigDecimal amount, BigDecimal percent) {
        return amount.multiply(percent).movePointLeft(2);
    }
}
