package dev.meterbook.pricing.domain.charge;

/**
 * Presets of {@link ChargeOptions} that do as four public billing systems do. Only whoever writes a
 * price chooses one; the engine sees the options alone.
 */
public enum Dialect {
    /** As OpenMeter: fees without usage, volume in the last part, each line rounded. */
    OPENMETER,
    /** As Lago: a graduated price owes its first fee without usage, a volume price does not. */
    LAGO,
    /** As Flexprice: nothing used, nothing owed. */
    FLEXPRICE,
    /** As Kill Bill: nothing used, nothing owed; the sum of a charge is rounded. */
    KILLBILL;

    /** What it stands for. */
    public ChargeOptions options() {
        return switch (this) {
            case OPENMETER ->
                    new ChargeOptions(
                            FirstFee.WITHOUT_USAGE,
                            FirstFee.WITHOUT_USAGE,
                            TierEnd.INCLUSIVE,
                            TierLines.USAGE_AND_FEE_APART,
                            VolumeDue.LAST_PART,
                            AmountRounding.EACH_LINE);
            case LAGO -> inEveryPart(FirstFee.WITHOUT_USAGE, AmountRounding.NONE);
            case FLEXPRICE -> inEveryPart(FirstFee.WITH_USAGE, AmountRounding.NONE);
            case KILLBILL -> inEveryPart(FirstFee.WITH_USAGE, AmountRounding.WHOLE_CHARGE);
        };
    }

    private static ChargeOptions inEveryPart(FirstFee graduatedFee, AmountRounding rounding) {
        return new ChargeOptions(
                graduatedFee,
                FirstFee.WITH_USAGE,
                TierEnd.INCLUSIVE,
                TierLines.TOGETHER,
                VolumeDue.EVERY_PART,
                rounding);
    }
}
