package dev.meterbook.pricing.domain.charge;

import java.math.BigDecimal;

/**
 * A stretch of the running quantity of a period: from what was used before to what is used now. It
 * runs backwards where usage is taken back.
 *
 * @param from used before in the period
 * @param to used with this part
 * @param position which part of the period it is
 * @param selecting the quantity that decides the tier of a whole-volume price; it differs from
 *     {@code to} where only a share of the quantity is billed
 */
public record Span(BigDecimal from, BigDecimal to, Position position, BigDecimal selecting) {

    /** A quantity after what was used before. */
    public static Span of(BigDecimal prior, BigDecimal quantity, Position position) {
        BigDecimal to = prior.add(quantity);
        return new Span(prior, to, position, to);
    }

    /** What is used in it. */
    public BigDecimal quantity() {
        return to.subtract(from);
    }

    /** True if usage is taken back. */
    boolean runsBackwards() {
        return to.compareTo(from) < 0;
    }

    /** The usage that is taken back. */
    Span reversed() {
        return new Span(to, from, position, from);
    }

    /** True if nothing was used before it. */
    boolean startsAtZero() {
        return from.signum() == 0;
    }
}
