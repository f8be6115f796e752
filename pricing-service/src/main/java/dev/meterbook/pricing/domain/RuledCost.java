package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call costs under rules on running quantities: the sum of the lines of {@link RuledCall},
 * without the lines. Nothing else has to be known where the charge is the cost with a mark-up.
 */
final class RuledCost {

    private RuledCost() {}

    /** The exact sum over all kinds; null if one has no price. */
    static @Nullable BigDecimal of(CallFacts call, RateOffer offer, CallCounts counts) {
        LeafPrices prices = offer.pricesFor(call);
        Map<Leaf, CountedRule> rules = offer.rules();
        Quantities quantities = call.quantities();
        BigDecimal sum = BigDecimal.ZERO;
        boolean countsItself = false;
        for (int i = 0; i < quantities.size(); i++) {
            Leaf leaf = quantities.leaf(i);
            countsItself |= leaf == Leaf.CALL;
            UnitPrice price = prices.of(leaf);
            CountedRule rule = rules.get(leaf);
            if (price == null && (rule == null || rule.needsTablePrice())) {
                return null;
            }
            sum = sum.add(amount(call, offer, quantities.amount(i), price, rule, counts));
        }
        return countsItself ? sum : withCall(call, offer, prices, counts, sum);
    }

    /** A price for calls counts each call once by itself. */
    private static @Nullable BigDecimal withCall(
            CallFacts call, RateOffer offer, LeafPrices prices, CallCounts counts, BigDecimal sum) {
        UnitPrice price = prices.of(Leaf.CALL);
        CountedRule rule = offer.rules().get(Leaf.CALL);
        if (rule == null) {
            return price == null ? sum : sum.add(price.amountOf(1));
        }
        return price == null && rule.needsTablePrice()
                ? null
                : sum.add(amount(call, offer, 1, price, rule, counts));
    }

    private static BigDecimal amount(
            CallFacts call,
            RateOffer offer,
            long quantity,
            @Nullable UnitPrice price,
            @Nullable CountedRule rule,
            CallCounts counts) {
        if (rule != null) {
            VolumeKey key = rule.key(offer.source().contract(), call.occurTimeMicros());
            return rule.amount(counts.count(key, quantity), quantity, price);
        }
        return price == null ? BigDecimal.ZERO : price.amountOf(quantity);
    }
}
