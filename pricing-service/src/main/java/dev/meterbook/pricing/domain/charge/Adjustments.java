package dev.meterbook.pricing.domain.charge;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What is done to the lines of a charge: first the discount, line by line; then the cap, line by
 * line; then the minimum.
 *
 * @param discountPercent off each line, 0 to 100
 * @param maximum what a period owes at most; none for no cap
 * @param minimum what a period owes at least, billed with its last part; none for no minimum
 */
public record Adjustments(
        BigDecimal discountPercent, @Nullable BigDecimal maximum, @Nullable BigDecimal minimum) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Lines stay as they are. */
    public static final Adjustments NONE = new Adjustments(BigDecimal.ZERO, null, null);

    /**
     * Checks.
     *
     * @throws IllegalArgumentException if the percentage is not from 0 to 100
     */
    public Adjustments {
        if (discountPercent.signum() < 0 || discountPercent.compareTo(HUNDRED) > 0) {
            throw new IllegalArgumentException(
                    "discount_percent: " + discountPercent + " (expected: 0 to 100)");
        }
    }

    /** The same without a minimum: it is not due yet. */
    public Adjustments withoutMinimum() {
        return new Adjustments(discountPercent, maximum, null);
    }

    /** What the percentage takes off an amount, exactly. */
    BigDecimal percentOff(BigDecimal amount) {
        return MoneyRounding.percentOf(amount, discountPercent);
    }

    /**
     * What the cap takes off.
     *
     * @param amount of the line, after the percentage
     * @param billed in the period before the line
     */
    BigDecimal capOff(BigDecimal amount, BigDecimal billed) {
        if (maximum == null || amount.signum() <= 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal room = maximum.subtract(billed).max(BigDecimal.ZERO);
        return amount.subtract(room).max(BigDecimal.ZERO);
    }

    /** What is missing to the minimum when so much was billed in the whole period. */
    BigDecimal missing(BigDecimal billed) {
        return minimum == null ? BigDecimal.ZERO : minimum.subtract(billed).max(BigDecimal.ZERO);
    }
}
