package dev.meterbook.pricing.domain.charge;

import java.math.BigDecimal;
import java.util.List;

/**
 * What a quantity costs by one rule. Exact and without state: a running quantity is told by its two
 * ends, so however a quantity is split, the parts come to what the whole costs.
 */
public sealed interface ChargeModel
        permits PerUnit, Flat, Markup, Graduated, Volume, Packages, Blocks {

    /**
     * What a period owes in which a quantity was used.
     *
     * @param quantity from 0
     * @throws IllegalArgumentException if the quantity is negative and the model has tiers or
     *     packages
     */
    BigDecimal total(BigDecimal quantity);

    /**
     * What a period owes as soon as it opens, before anything is used: a flat fee, where it is due
     * without usage; else 0.
     */
    default BigDecimal opening() {
        return total(BigDecimal.ZERO);
    }

    /**
     * What moving the running quantity of a period from one value to another adds: {@code
     * total(after) − total(prior)}. It is negative where {@code after} is less, and where more
     * usage makes all of it cheaper. For consecutive parts the sums telescope; {@link #opening()}
     * comes on top once.
     *
     * @param prior used before in the period, from 0
     * @param after used then, from 0
     */
    default BigDecimal amountBetween(BigDecimal prior, BigDecimal after) {
        return total(after).subtract(total(prior));
    }

    /**
     * The lines of a part of a period; their amounts sum up to what the part owes. The span must
     * not run backwards.
     */
    List<LinePart> lines(Span span);

    /** Refuses what tiers and packages cannot count. */
    static void checkNotNegative(BigDecimal quantity) {
        if (quantity.signum() < 0) {
            throw new IllegalArgumentException("quantity: " + quantity + " (expected: from 0)");
        }
    }
}
