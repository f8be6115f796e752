package dev.meterbook.pricing.domain;

import dev.meterbook.pricing.domain.charge.Graduated;
import dev.meterbook.pricing.domain.charge.Tier;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tiers of a graduated price in whole units. Almost every call stays within one tier; what it
 * costs then is one multiplication, and nothing has to be made for comparing.
 */
final class TierLadder {

    private final long[] ends;
    private final BigDecimal[] unitAmounts;

    private TierLadder(long[] ends, BigDecimal[] unitAmounts) {
        this.ends = ends;
        this.unitAmounts = unitAmounts;
    }

    static TierLadder of(Graduated graduated) {
        List<Tier> tiers = graduated.tiers().list();
        long[] ends = new long[tiers.size()];
        BigDecimal[] unitAmounts = new BigDecimal[ends.length];
        for (int i = 0; i < ends.length; i++) {
            BigDecimal upTo = tiers.get(i).upTo();
            ends[i] = upTo == null ? Long.MAX_VALUE : upTo.longValueExact();
            BigDecimal unitAmount = tiers.get(i).unitAmount();
            unitAmounts[i] = unitAmount == null ? BigDecimal.ZERO : unitAmount;
        }
        return new TierLadder(ends, unitAmounts);
    }

    /**
     * What units cost that all fall into a tier which was entered before.
     *
     * @return null if another tier is entered with them: its model knows what that costs
     */
    @Nullable BigDecimal within(long before, long after) {
        long above = 0;
        for (int i = 0; i < ends.length; i++) {
            if (after <= ends[i]) {
                return before > above
                        ? unitAmounts[i].multiply(BigDecimal.valueOf(after - before))
                        : null;
            }
            above = ends[i];
        }
        return null;
    }
}
