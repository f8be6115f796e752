package dev.meterbook.pricing.domain.charge;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One line of a charge as it is billed.
 *
 * @param ref what it is for, such as {@code tier 2 usage}
 * @param unitAmount price of one; none where the line sums up several prices
 * @param quantity how many
 * @param amount what they cost, before the discount
 * @param discount taken off by percentage and cap
 * @param credit paid by prepaid amounts
 */
public record ChargeLine(
        String ref,
        @Nullable BigDecimal unitAmount,
        BigDecimal quantity,
        BigDecimal amount,
        BigDecimal discount,
        BigDecimal credit) {

    /** What is left to pay. */
    public BigDecimal total() {
        return amount.subtract(discount).subtract(credit);
    }

    ChargeLine plus(ChargeLine other) {
        return new ChargeLine(
                ref,
                unitAmount,
                quantity.add(other.quantity),
                amount.add(other.amount),
                discount.add(other.discount),
                credit.add(other.credit));
    }

    ChargeLine negated() {
        return new ChargeLine(
                ref,
                unitAmount,
                quantity.negate(),
                amount.negate(),
                discount.negate(),
                credit.negate());
    }

    ChargeLine paidBy(BigDecimal paid) {
        return new ChargeLine(ref, unitAmount, quantity, amount, discount, paid);
    }

    /** True if nothing of it can be seen: no quantity, no amount, no discount. */
    boolean isInvisible() {
        return quantity.signum() == 0 && amount.signum() == 0 && discount.signum() == 0;
    }

    /** Lines of the same key are the same line, billed again. */
    Key key() {
        return new Key(ref, unitAmount == null ? null : unitAmount.stripTrailingZeros());
    }

    /**
     * What makes a line the same line.
     *
     * @param ref what it is for
     * @param unitAmount price of one, without trailing zeros
     */
    record Key(String ref, @Nullable BigDecimal unitAmount) {}
}
