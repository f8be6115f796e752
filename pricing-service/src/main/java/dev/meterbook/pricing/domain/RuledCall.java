package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call some of whose kinds cost what running quantities say. Kinds that one rule counts are
 * counted one after the other, so that their amounts add up to what all of them cost together.
 */
final class RuledCall {

    private final List<PricedQuantity> lines = new ArrayList<>();
    private final List<Counted> counted = new ArrayList<>();
    private final LeafPrices prices;
    private final Map<Leaf, CountedRule> rules;
    private final RunningQuantities running;
    private final long occurTimeMicros;
    private @Nullable Leaf unpriced;

    private RuledCall(
            CallFacts call,
            LeafPrices prices,
            Map<Leaf, CountedRule> rules,
            RunningQuantities running) {
        this.prices = prices;
        this.rules = rules;
        this.running = running;
        this.occurTimeMicros = call.occurTimeMicros();
    }

    static RuledCall of(
            CallFacts call,
            LeafPrices prices,
            Map<Leaf, CountedRule> rules,
            RunningQuantities running) {
        RuledCall ruled = new RuledCall(call, prices, rules, running);
        Quantities quantities = call.quantities();
        for (int i = 0; i < quantities.size(); i++) {
            ruled.add(quantities.leaf(i), quantities.amount(i));
        }
        boolean isCallPriced = prices.of(Leaf.CALL) != null || rules.get(Leaf.CALL) != null;
        if (isCallPriced && quantities.amountOf(Leaf.CALL) == 0) {
            ruled.add(Leaf.CALL, 1);
        }
        return ruled;
    }

    private void add(Leaf leaf, long quantity) {
        UnitPrice price = prices.of(leaf);
        CountedRule rule = rules.get(leaf);
        if (price == null && (rule == null || rule.needsTablePrice())) {
            unpriced = unpriced == null ? leaf : unpriced;
        } else if (rule != null) {
            addCounted(leaf, quantity, price, rule);
        } else if (price != null) {
            lines.add(new PricedQuantity(leaf, quantity, price));
        }
    }

    private void addCounted(Leaf leaf, long quantity, @Nullable UnitPrice price, CountedRule rule) {
        long before = count(rule.key(occurTimeMicros), quantity);
        lines.add(
                new PricedQuantity(
                        leaf,
                        quantity,
                        rule.needsTablePrice() ? price : null,
                        new PricedQuantity.Use(rule, before)));
    }

    /** Counts, and answers with what was counted before. */
    private long count(VolumeKey key, long quantity) {
        for (int i = 0; i < counted.size(); i++) {
            Counted each = counted.get(i);
            if (each.key().equals(key)) {
                counted.set(i, new Counted(key, each.before(), each.quantity() + quantity));
                return each.after();
            }
        }
        long before = running.before(key);
        counted.add(new Counted(key, before, quantity));
        return before;
    }

    /** The first kind that has no price; null if all have. */
    @Nullable Leaf unpriced() {
        return unpriced;
    }

    List<PricedQuantity> lines() {
        return lines;
    }

    List<Counted> counted() {
        return counted;
    }

    BigDecimal cost() {
        BigDecimal sum = BigDecimal.ZERO;
        for (PricedQuantity line : lines) {
            sum = sum.add(line.amount());
        }
        return sum;
    }
}
