package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.Decimals;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** How exact amounts of money are kept. */
final class Amounts {

    private Amounts() {}

    /** Half to even at the last digit that an amount can have; prices as agreed stay below. */
    static BigDecimal limited(BigDecimal amount) {
        return amount.scale() <= Decimals.MAX_DIGITS
                        || amount.stripTrailingZeros().scale() <= Decimals.MAX_DIGITS
                ? amount
                : amount.setScale(Decimals.MAX_DIGITS, RoundingMode.HALF_EVEN);
    }

    /** Without trailing zeros, so that equal amounts are equal objects. */
    static BigDecimal stripped(BigDecimal amount) {
        return amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
    }
}
