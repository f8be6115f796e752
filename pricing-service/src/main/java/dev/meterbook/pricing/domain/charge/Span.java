package dev.meterbook.pricing.domain.charge;

import java.math.BigDecimal;

/**
 * A stretch of the running quantity of a period: from what was used before to what is used now.
 *
 * @param from used before in the period, from 0
 * @param to used with this part, not less than {@code from}
 * @param position which part of the period it is
 * @param selecting the quantity that decides the tier of a whole-volume price; it differs from
 *     {@code to} where only a share of the quantity is billed
 */
public record Span(BigDecimal from, BigDecimal to, Position position, BigDecimal selecting) {

    /**
     * Checks.
     *
     * @throws IllegalArgumentException if the quantities are negative or run backwards
     */
    public Span {
        if (from.signum() < 0 || to.compareTo(from) < 0) {
            throw new IllegalArgumentException(
                    "quantity: from " + from + " to " + to + " (expected: from 0, not less)");
        }
    }

    /** A quantity after what was used before. */
    public static Span of(BigDecimal prior, BigDecimal quantity, Position position) {
        BigDecimal to = prior.add(quantity);
        return new Span(prior, to, position, to);
    }

    /** What is used in it. */
    public BigDecimal quantity() {
        return to.subtract(from);
    }

    /** True if nothing was used before it. */
    boolean startsAtZero() {
        return from.signum() == 0;
    }
}
