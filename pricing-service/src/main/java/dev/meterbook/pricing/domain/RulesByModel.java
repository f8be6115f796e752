package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.Leaf;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Rules on running quantities by model; what was found is kept. Safe for use by many threads. */
final class RulesByModel {

    /** Models whose rules are kept at most; names come from callers. */
    private static final int MAX_KEPT = 10_000;

    private final List<VolumeRule> rules;
    private final Map<String, Map<Leaf, CountedRule>> kept = new ConcurrentHashMap<>();

    RulesByModel(List<VolumeRule> rules) {
        this.rules = rules;
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    /** The rules for a model, by the kinds that they price. */
    Map<Leaf, CountedRule> of(String model) {
        if (rules.isEmpty()) {
            return Map.of();
        }
        Map<Leaf, CountedRule> known = kept.get(model);
        if (known != null) {
            return known;
        }
        Map<Leaf, CountedRule> found = CountedRule.byLeaf(rules, model);
        if (kept.size() < MAX_KEPT) {
            kept.put(model, found);
        }
        return found;
    }
}
