package dev.meterbook.pricing.domain;

import dev.meterbook.pricing.domain.charge.Graduated;
import dev.meterbook.pricing.domain.charge.Tier;
import java.math.BigDecimal;
import java.util.List;

/**
 * The tiers of a graduated price in whole units. Almost every call stays within one tier; what it
 * costs then is one multiplication, and nothing has to be made for comparing.
 */
final class TierLadder {

    private final long[] ends;
    private final UnitAmount[] unitAmounts;

    private TierLadder(long[] ends, UnitAmount[] unitAmounts) {
        this.ends = ends;
        this.unitAmounts = unitAmounts;
    }

    static TierLadder of(Graduated graduated) {
        List<Tier> tiers = graduated.tiers().list();
        long[] ends = new long[tiers.size()];
        UnitAmount[] unitAmounts = new UnitAmount[ends.length];
        for (int i = 0; i < ends.length; i++) {
            BigDecimal upTo = tiers.get(i).upTo();
            ends[i] = upTo == null ? Long.MAX_VALUE : upTo.longValueExact();
            BigDecimal unitAmount = tiers.get(i).unitAmount();
            unitAmounts[i] = unitAmount == null ? UnitAmount.ZERO : new UnitAmount(unitAmount);
        }
        return new TierLadder(ends, unitAmounts);
    }

    /**
     * Adds what units cost that all fall into a tier which was entered before.
     *
     * @return false if another tier is entered with them: its model knows what that costs
     */
    boolean addWithin(ExactSum sum, long before, long after) {
        long above = 0;
        for (int i = 0; i < ends.length; i++) {
            if (after <= ends[i]) {
                if (before <= above) {
                    return false;
                }
                sum.add(unitAmounts[i], after - before);
                return true;
            }
            above = ends[i];
        }
        return false;
    }
}
