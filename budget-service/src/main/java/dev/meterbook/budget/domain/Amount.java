package dev.meterbook.budget.domain;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Decimals;
import dev.meterbook.kernel.Money;
import java.math.BigDecimal;

/**
 * A number of tokens or an amount of a currency.
 *
 * @param value how many units, without trailing zeros
 * @param unit the unit
 */
public record Amount(BigDecimal value, Unit unit) {

    /** Strips trailing zeros, so that equal values are equal records. */
    public Amount {
        value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }

    /** A number of tokens. */
    public static Amount tokens(long count) {
        return new Amount(BigDecimal.valueOf(count), Unit.tokens());
    }

    /** An amount of a currency. */
    public static Amount of(Money money) {
        return new Amount(money.amount(), Unit.currency(money.currency()));
    }

    /** An amount of a currency, from plain text. */
    public static Amount of(String value, CurrencyCode currency) {
        return of(Money.of(value, currency));
    }

    /** Another value of the same unit. */
    public Amount with(BigDecimal other) {
        return new Amount(other, unit);
    }

    /** Nothing, in the same unit. */
    public Amount zero() {
        return with(BigDecimal.ZERO);
    }

    /** The sum with a value of the same unit. */
    public Amount plus(Amount other) {
        return with(value.add(sameUnit(other)));
    }

    /** The difference to a value of the same unit. */
    public Amount minus(Amount other) {
        return with(value.subtract(sameUnit(other)));
    }

    /** True if more than a value of the same unit. */
    public boolean exceeds(Amount other) {
        return value.compareTo(sameUnit(other)) > 0;
    }

    private BigDecimal sameUnit(Amount other) {
        if (!unit.equals(other.unit)) {
            throw new IllegalArgumentException(
                    "unit: " + other.unit.label() + " (expected: " + unit.label() + ")");
        }
        return other.value;
    }

    @Override
    public String toString() {
        return Decimals.plain(value) + " " + unit.label();
    }
}
