package dev.meterbook.pricing.domain.charge;

/**
 * The choices on which billing systems disagree. A price names them; nothing in the engine asks
 * where a price comes from.
 *
 * @param graduatedFee when the first flat amount of a graduated price is owed
 * @param volumeFee when the flat amount of a whole-volume price is owed
 * @param tierEnd to which tier a quantity at the end of one belongs
 * @param tierLines how a tier's usage and flat amount are shown
 * @param volumeDue when a whole-volume price is owed
 * @param rounding where amounts are rounded
 */
public record ChargeOptions(
        FirstFee graduatedFee,
        FirstFee volumeFee,
        TierEnd tierEnd,
        TierLines tierLines,
        VolumeDue volumeDue,
        AmountRounding rounding) {

    /** The same with another place of rounding. */
    public ChargeOptions withRounding(AmountRounding other) {
        return new ChargeOptions(graduatedFee, volumeFee, tierEnd, tierLines, volumeDue, other);
    }

    /** The same with another rule for quantities at the end of a tier. */
    public ChargeOptions withTierEnd(TierEnd other) {
        return new ChargeOptions(graduatedFee, volumeFee, other, tierLines, volumeDue, rounding);
    }
}
