package dev.meterbook.pricing.projection.spend;

import java.math.BigDecimal;

/**
 * What the calls of a period came to.
 *
 * @param gross before caps and overage
 * @param owed what they owe
 */
public record Spend(BigDecimal gross, BigDecimal owed) {

    /** Nothing. */
    public static final Spend NONE = new Spend(BigDecimal.ZERO, BigDecimal.ZERO);

    /** This and more. */
    public Spend plus(BigDecimal moreGross, BigDecimal moreOwed) {
        return new Spend(gross.add(moreGross), owed.add(moreOwed));
    }
}
