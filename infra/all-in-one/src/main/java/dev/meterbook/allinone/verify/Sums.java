package dev.meterbook.allinone.verify;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Exact sums of cost and charge by tenant and currency; those that come to nothing are left out.
 */
final class Sums {

    private record Pair(BigDecimal cost, BigDecimal charge) {
        boolean isZero() {
            return cost.signum() == 0 && charge.signum() == 0;
        }

        boolean isSameAs(Pair other) {
            return cost.compareTo(other.cost) == 0 && charge.compareTo(other.charge) == 0;
        }

        @Override
        public String toString() {
            return cost.toPlainString() + " / " + charge.toPlainString();
        }
    }

    private static final Pair NONE = new Pair(BigDecimal.ZERO, BigDecimal.ZERO);

    private final Map<String, Pair> byKey = new TreeMap<>();

    void add(String tenant, String currency, BigDecimal cost, BigDecimal charge) {
        byKey.merge(
                tenant + " " + currency,
                new Pair(cost, charge),
                (sum, more) -> new Pair(sum.cost.add(more.cost), sum.charge.add(more.charge)));
    }

    /** The first tenant and currency that differ, with both figures. */
    Optional<String> difference(Sums other) {
        TreeMap<String, Pair> all = new TreeMap<>(byKey);
        all.putAll(other.byKey);
        for (String key : all.keySet()) {
            Pair here = byKey.getOrDefault(key, NONE);
            Pair there = other.byKey.getOrDefault(key, NONE);
            if (!here.isSameAs(there)) {
                return Optional.of("%s: %s against %s".formatted(key, here, there));
            }
        }
        return Optional.empty();
    }

    /** How many tenants and currencies have a sum. */
    long size() {
        return byKey.values().stream().filter(pair -> !pair.isZero()).count();
    }
}
