package dev.meterbook.pricing.domain.charge;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Each tier's units at the tier's own price, its flat amount once the tier is entered. */
public final class Graduated implements ChargeModel {

    private final Tiers tiers;
    private final FirstFee firstFee;
    private final TierLines form;

    /** By tier: owed by a quantity that has just entered it, its own flat amount included. */
    private final BigDecimal[] entered;

    /**
     * A graduated price.
     *
     * @param tiers the tiers
     * @param options when the first flat amount is due, and how lines are shown
     */
    public Graduated(Tiers tiers, ChargeOptions options) {
        this.tiers = tiers;
        this.firstFee = options.graduatedFee();
        this.form = options.tierLines();
        this.entered = entered(tiers);
    }

    private static BigDecimal[] entered(Tiers tiers) {
        BigDecimal[] sums = new BigDecimal[tiers.size()];
        BigDecimal full = BigDecimal.ZERO;
        for (int i = 0; i < sums.length; i++) {
            Tier tier = tiers.get(i);
            sums[i] = full.add(tier.fee());
            BigDecimal upTo = tier.upTo();
            if (upTo != null) {
                full = sums[i].add(tier.usage(upTo.subtract(tier.above())));
            }
        }
        return sums;
    }

    /** Its tiers. */
    public Tiers tiers() {
        return tiers;
    }

    @Override
    public BigDecimal total(BigDecimal quantity) {
        ChargeModel.checkNotNegative(quantity);
        if (quantity.signum() == 0) {
            return firstFee == FirstFee.WITHOUT_USAGE ? entered[0] : BigDecimal.ZERO;
        }
        int index = tiers.indexOf(quantity);
        Tier tier = tiers.get(index);
        BigDecimal units = quantity.subtract(tier.above());
        return units.signum() <= 0 ? entered[index] : entered[index].add(tier.usage(units));
    }

    @Override
    public BigDecimal amountBetween(BigDecimal prior, BigDecimal after) {
        int index = tiers.indexOf(after);
        Tier tier = tiers.get(index);
        if (prior.min(after).compareTo(tier.above()) > 0 && index == tiers.indexOf(prior)) {
            return tier.usage(after.subtract(prior));
        }
        return total(after).subtract(total(prior));
    }

    @Override
    public List<LinePart> lines(Span span) {
        ChargeModel.checkNotNegative(span.from());
        int first = tiers.indexOf(span.from());
        int last = tiers.indexOf(span.to());
        List<LinePart> parts = new ArrayList<>();
        for (int i = first; i <= last; i++) {
            boolean feeDue = i > first || (i == 0 && owesFirstFee(span));
            Tier tier = tiers.get(i);
            BigDecimal end = i == last ? span.to() : span.to().min(ending(tier));
            BigDecimal units = end.subtract(span.from().max(tier.above())).max(BigDecimal.ZERO);
            form.addTo(parts, i, tier, units, feeDue);
        }
        return parts;
    }

    private static BigDecimal ending(Tier tier) {
        return tier.upTo() == null ? tier.above() : tier.upTo();
    }

    private boolean owesFirstFee(Span span) {
        return span.startsAtZero()
                && switch (firstFee) {
                    case WITHOUT_USAGE -> span.position().opens();
                    case WITH_USAGE -> span.to().signum() > 0;
                };
    }
}
