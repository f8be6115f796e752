package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a call costs under rules on running quantities: the sum of the lines of {@link RuledCall},
 * without the lines. Nothing else has to be known where the charge is the cost with a mark-up.
 */
final class RuledCost {

    private final CallFacts call;
    private final RateOffer offer;
    private final LeafPrices prices;
    private final CallCounts counts;
    private final ExactSum sum = new ExactSum();

    private RuledCost(CallFacts call, RateOffer offer, CallCounts counts) {
        this.call = call;
        this.offer = offer;
        this.prices = offer.pricesFor(call);
        this.counts = counts;
    }

    /** The exact sum over all kinds; null if one has no price. */
    static @Nullable BigDecimal of(CallFacts call, RateOffer offer, CallCounts counts) {
        RuledCost cost = new RuledCost(call, offer, counts);
        return cost.addKinds() && cost.addCall() ? cost.sum.total() : null;
    }

    private boolean addKinds() {
        Quantities quantities = call.quantities();
        for (int i = 0; i < quantities.size(); i++) {
            Leaf leaf = quantities.leaf(i);
            if (!add(quantities.amount(i), prices.of(leaf), offer.rules().get(leaf))) {
                return false;
            }
        }
        return true;
    }

    /** A price for calls counts each call once by itself. */
    private boolean addCall() {
        UnitPrice price = prices.of(Leaf.CALL);
        CountedRule rule = offer.rules().get(Leaf.CALL);
        boolean isPriced = price != null || rule != null;
        return !isPriced || call.quantities().amountOf(Leaf.CALL) > 0 || add(1, price, rule);
    }

    /** False if there is no price. */
    private boolean add(long quantity, @Nullable UnitPrice price, @Nullable CountedRule rule) {
        if (rule == null) {
            if (price != null) {
                price.addTo(sum, quantity);
            }
            return price != null;
        }
        if (price == null && rule.needsTablePrice()) {
            return false;
        }
        VolumeKey key = rule.key(offer.source().contract(), call.occurTimeMicros());
        rule.addTo(sum, counts.count(key, quantity), quantity, price);
        return true;
    }
}
