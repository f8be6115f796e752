package dev.meterbook.pricing.domain;

import java.math.BigDecimal;

/**
 * What a call added to the spend of a period. With it the price can be computed again at any time,
 * whatever was spent later. Amounts are equal when their values are, whatever their scale.
 *
 * @param key what is counted
 * @param before the spend before the call, before caps and overage
 * @param gross what the call came to, before cap and overage of this term
 * @param owed what the call came to then
 */
public record Spent(SpendKey key, BigDecimal before, BigDecimal gross, BigDecimal owed) {

    /** Rounds what has more digits than amounts may have, and strips trailing zeros. */
    public Spent {
        before = Amounts.stripped(before);
        gross = Amounts.stripped(Amounts.limited(gross));
        owed = Amounts.stripped(Amounts.limited(owed));
    }

    /** The spend after the call. */
    public BigDecimal after() {
        return before.add(gross);
    }
}
