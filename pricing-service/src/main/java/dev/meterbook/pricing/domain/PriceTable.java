package dev.meterbook.pricing.domain;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The complete prices of one model, or of a family of models.
 *
 * @param model the model as calls name it; or the beginning of the name and {@code *}
 * @param aliases other names of the same model
 * @param prices a price for each kind and context band
 * @param multipliers what a service tier multiplies the prices with; tiers that are not in it cost
 *     the prices as they stand
 */
public record PriceTable(
        String model,
        List<String> aliases,
        List<LeafPrice> prices,
        Map<ServiceTier, BigDecimal> multipliers) {

    private static final String FAMILY_MARK = "*";

    /** Copies, and strips trailing zeros of the multipliers. */
    public PriceTable {
        aliases = List.copyOf(aliases);
        prices = List.copyOf(prices);
        Map<ServiceTier, BigDecimal> stripped = new EnumMap<>(ServiceTier.class);
        multipliers.forEach((tier, factor) -> stripped.put(tier, factor.stripTrailingZeros()));
        multipliers = Map.copyOf(stripped);
    }

    /** A table of one name, the same in every tier. */
    public static PriceTable of(String model, List<LeafPrice> prices) {
        return new PriceTable(model, List.of(), prices, Map.of());
    }

    /** True if it prices every model whose name begins in a certain way. */
    public boolean isFamily() {
        return model.endsWith(FAMILY_MARK);
    }

    /** How the names of a family's models begin. */
    public String prefix() {
        return model.substring(0, model.length() - FAMILY_MARK.length());
    }

    /** What the tier multiplies the prices with. */
    public BigDecimal multiplier(ServiceTier tier) {
        return multipliers.getOrDefault(tier, BigDecimal.ONE);
    }
}
