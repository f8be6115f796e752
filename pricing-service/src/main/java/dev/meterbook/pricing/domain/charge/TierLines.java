package dev.meterbook.pricing.domain.charge;

import java.math.BigDecimal;
import java.util.List;

/** How a tier that has a price for a unit and a flat amount is shown. */
public enum TierLines {
    /** As two lines, {@code tier 1 usage} and {@code tier 1 flat}. */
    USAGE_AND_FEE_APART,
    /** As one line, {@code tier 1}. */
    TOGETHER;

    /** Adds the lines of one tier: some units, and the flat amount if it is due. */
    void addTo(List<LinePart> parts, int index, Tier tier, BigDecimal units, boolean feeDue) {
        String ref = "tier " + (index + 1);
        switch (this) {
            case USAGE_AND_FEE_APART -> {
                if (tier.unitAmount() != null && units.signum() != 0) {
                    parts.add(LinePart.of(ref + " usage", tier.unitAmount(), units));
                }
                if (tier.flatAmount() != null && feeDue) {
                    parts.add(LinePart.of(ref + " flat", tier.flatAmount(), BigDecimal.ONE));
                }
            }
            case TOGETHER -> {
                if (units.signum() != 0 || feeDue) {
                    BigDecimal fee = feeDue ? tier.fee() : BigDecimal.ZERO;
                    parts.add(
                            new LinePart(
                                    ref, tier.unitAmount(), units, tier.usage(units).add(fee)));
                }
            }
        }
    }
}
