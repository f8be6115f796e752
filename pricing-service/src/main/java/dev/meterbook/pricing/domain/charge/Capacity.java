package dev.meterbook.pricing.domain.charge;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * A fee for the size that several units together need. What is larger than every tier is priced by
 * the last.
 *
 * @param tiers in the order in which they are tried, at least one
 */
public record Capacity(List<Tier> tiers) {

    /**
     * Copies and checks.
     *
     * @throws IllegalArgumentException if there is no tier, or more than {@link Tiers#MAX_TIERS}
     */
    public Capacity {
        tiers = List.copyOf(tiers);
        if (tiers.isEmpty() || tiers.size() > Tiers.MAX_TIERS) {
            throw new IllegalArgumentException(
                    "tiers: %d tiers (expected: 1 to %d)".formatted(tiers.size(), Tiers.MAX_TIERS));
        }
    }

    /**
     * One size.
     *
     * @param amount its fee
     * @param limits by unit, what it holds; a unit that is not named has no limit
     */
    public record Tier(BigDecimal amount, Map<String, BigDecimal> limits) {

        /** Copies. */
        public Tier {
            limits = Map.copyOf(limits);
        }

        boolean holds(Map<String, BigDecimal> quantities) {
            return quantities.entrySet().stream().allMatch(this::holds);
        }

        private boolean holds(Map.Entry<String, BigDecimal> quantity) {
            BigDecimal limit = limits.get(quantity.getKey());
            return limit == null || quantity.getValue().compareTo(limit) <= 0;
        }
    }

    /** The fee of the first size that holds all quantities. */
    public BigDecimal amount(Map<String, BigDecimal> quantities) {
        return tiers.stream()
                .filter(tier -> tier.holds(quantities))
                .findFirst()
                .orElse(tiers.getLast())
                .amount();
    }
}
