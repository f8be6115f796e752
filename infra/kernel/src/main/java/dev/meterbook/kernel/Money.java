package dev.meterbook.kernel;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An exact amount of one currency. Arithmetic never rounds; {@link #roundedToMinorUnit()} is the
 * one place that does. Amounts are equal when their values are, whatever their scale.
 *
 * @param amount the amount in units of the currency, without trailing zeros
 * @param currency the currency
 */
public record Money(BigDecimal amount, CurrencyCode currency) {

    /** Strips trailing zeros, so that equal values are equal records. */
    public Money {
        amount = amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
    }

    /**
     * An amount from text.
     *
     * @throws IllegalArgumentException if the text is not a plain decimal number
     */
    public static Money of(String amount, CurrencyCode currency) {
        return new Money(
                Decimals.parse(amount)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "amount: "
                                                        + amount
                                                        + " (expected: decimal number)")),
                currency);
    }

    /** Nothing, in the given currency. */
    public static Money zero(CurrencyCode currency) {
        return new Money(BigDecimal.ZERO, currency);
    }

    /**
     * The sum.
     *
     * @throws IllegalArgumentException if the currencies differ
     */
    public Money plus(Money other) {
        return new Money(amount.add(sameCurrency(other).amount), currency);
    }

    /**
     * The difference.
     *
     * @throws IllegalArgumentException if the currencies differ
     */
    public Money minus(Money other) {
        return new Money(amount.subtract(sameCurrency(other).amount), currency);
    }

    /** The amount with the opposite sign. */
    public Money negated() {
        return new Money(amount.negate(), currency);
    }

    /** The exact product with a plain number. */
    public Money times(BigDecimal factor) {
        return new Money(amount.multiply(factor), currency);
    }

    /**
     * The amount a statement line shows: rounded to the currency's smallest unit, half away from
     * zero. Called once, where a line is closed; the remainder is booked.
     */
    public Money roundedToMinorUnit() {
        return new Money(amount.setScale(currency.minorDigits(), RoundingMode.HALF_UP), currency);
    }

    /** True for an amount of zero. */
    public boolean isZero() {
        return amount.signum() == 0;
    }

    /** The amount as plain text, for example {@code 0.00125}. */
    public String plainAmount() {
        return Decimals.plain(amount);
    }

    private Money sameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(
                    "currency: " + other.currency + " (expected: " + currency + ")");
        }
        return other;
    }

    @Override
    public String toString() {
        return plainAmount() + " " + currency;
    }
}
