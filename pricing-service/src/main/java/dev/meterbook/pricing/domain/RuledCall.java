package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the kinds of a call cost; some of them by what running quantities say. */
final class RuledCall {

    private final List<PricedQuantity> lines;
    private final RateOffer offer;
    private final LeafPrices prices;
    private final CallCounts counts;
    private final long occurTimeMicros;
    private @Nullable Leaf unpriced;

    private RuledCall(CallFacts call, RateOffer offer, CallCounts counts) {
        this.lines = new ArrayList<>(call.quantities().size() + 1);
        this.offer = offer;
        this.prices = offer.pricesFor(call);
        this.counts = counts;
        this.occurTimeMicros = call.occurTimeMicros();
    }

    static RuledCall of(CallFacts call, RateOffer offer, CallCounts counts) {
        RuledCall ruled = new RuledCall(call, offer, counts);
        Quantities quantities = call.quantities();
        for (int i = 0; i < quantities.size(); i++) {
            ruled.add(quantities.leaf(i), quantities.amount(i));
        }
        boolean isCallPriced =
                ruled.prices.of(Leaf.CALL) != null || offer.rules().get(Leaf.CALL) != null;
        if (isCallPriced && quantities.amountOf(Leaf.CALL) == 0) {
            ruled.add(Leaf.CALL, 1);
        }
        return ruled;
    }

    private void add(Leaf leaf, long quantity) {
        UnitPrice price = prices.of(leaf);
        CountedRule rule = offer.rules().get(leaf);
        if (price == null && (rule == null || rule.needsTablePrice())) {
            unpriced = unpriced == null ? leaf : unpriced;
        } else if (rule != null) {
            addCounted(leaf, quantity, price, rule);
        } else if (price != null) {
            lines.add(new PricedQuantity(leaf, quantity, price));
        }
    }

    private void addCounted(Leaf leaf, long quantity, @Nullable UnitPrice price, CountedRule rule) {
        long before = counts.count(rule.key(owner(), occurTimeMicros), quantity);
        lines.add(
                new PricedQuantity(
                        leaf,
                        quantity,
                        rule.needsTablePrice() ? price : null,
                        new PricedQuantity.Use(rule, before)));
    }

    /** The first kind that has no price; null if all have. */
    @Nullable Leaf unpriced() {
        return unpriced;
    }

    /** The contract whose prices are taken. */
    String owner() {
        return offer.source().contract();
    }

    /** The contract's terms on the spend of periods. */
    SpendTerms spend() {
        return offer.spend();
    }

    List<PricedQuantity> lines() {
        return lines;
    }

    BigDecimal cost() {
        BigDecimal sum = BigDecimal.ZERO;
        for (PricedQuantity line : lines) {
            sum = sum.add(line.amount());
        }
        return sum;
    }
}
