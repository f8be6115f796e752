package dev.meterbook.pricing.domain.charge;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The whole quantity of a period at the price of the tier that it falls into. */
public final class Volume implements ChargeModel {

    private final Tiers tiers;
    private final FirstFee firstFee;
    private final VolumeDue due;
    private final TierLines form;

    /**
     * A whole-volume price.
     *
     * @param tiers the tiers
     * @param options when it is due, when the first flat amount is, and how lines are shown
     */
    public Volume(Tiers tiers, ChargeOptions options) {
        this.tiers = tiers;
        this.firstFee = options.volumeFee();
        this.due = options.volumeDue();
        this.form = options.tierLines();
    }

    /** Its tiers. */
    public Tiers tiers() {
        return tiers;
    }

    @Override
    public BigDecimal total(BigDecimal quantity) {
        ChargeModel.checkNotNegative(quantity);
        Tier tier = tiers.get(tiers.indexOf(quantity));
        return owesFee(quantity) ? tier.usage(quantity).add(tier.fee()) : tier.usage(quantity);
    }

    private boolean owesFee(BigDecimal quantity) {
        return quantity.signum() > 0 || firstFee == FirstFee.WITHOUT_USAGE;
    }

    @Override
    public List<LinePart> lines(Span span) {
        ChargeModel.checkNotNegative(span.from());
        List<LinePart> whole = whole(span.to(), span.selecting());
        return switch (due) {
            case LAST_PART -> span.position().closes() ? whole : List.of();
            case EVERY_PART ->
                    span.startsAtZero() && span.position().opens()
                            ? whole
                            : LinePart.difference(whole, whole(span.from(), span.from()));
        };
    }

    private List<LinePart> whole(BigDecimal quantity, BigDecimal selecting) {
        int index = tiers.indexOf(selecting);
        List<LinePart> parts = new ArrayList<>();
        form.addTo(parts, index, tiers.get(index), quantity, owesFee(quantity));
        return parts;
    }
}
