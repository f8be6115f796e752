package dev.meterbook.pricing.domain;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * What one unit costs, ready to be multiplied. Almost every such amount is a {@code long} and its
 * digits after the point; then {@link ExactSum} makes nothing for a product. Immutable.
 */
final class UnitAmount {

    static final UnitAmount ZERO = new UnitAmount(BigDecimal.ZERO);

    private final BigDecimal amount;
    private final boolean isShort;
    private final long unscaled;

    UnitAmount(BigDecimal amount) {
        BigInteger digits = amount.unscaledValue();
        this.amount = amount;
        this.isShort =
                amount.scale() >= 0
                        && amount.scale() <= ExactSum.MAX_SHORT_SCALE
                        && digits.bitLength() < Long.SIZE;
        this.unscaled = isShort ? digits.longValue() : 0;
    }

    /** True if {@link #unscaled} and {@link #scale} tell all of it. */
    boolean isShort() {
        return isShort;
    }

    long unscaled() {
        return unscaled;
    }

    int scale() {
        return amount.scale();
    }

    /** What so many units cost, exactly. */
    BigDecimal times(long quantity) {
        return amount.multiply(BigDecimal.valueOf(quantity));
    }
}
