package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.usage.TextMatch;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The complete prices of one model, or of a family of models.
 *
 * @param model the model as calls name it; or the beginning of the name and {@code *}
 * @param aliases other names of the same model
 * @param prices a price for each kind and context band
 * @param multipliers what a service tier multiplies the prices with; tiers that are not in it cost
 *     the prices as they stand
 * @param listing how a catalogue lists the model; null for a table that stands by its name
 */
public record PriceTable(
        String model,
        List<String> aliases,
        List<LeafPrice> prices,
        Map<ServiceTier, BigDecimal> multipliers,
        @Nullable Listing listing) {

    private static final String FAMILY_MARK = "*";

    /** Copies, and strips trailing zeros of the multipliers. */
    public PriceTable {
        aliases = List.copyOf(aliases);
        prices = List.copyOf(prices);
        Map<ServiceTier, BigDecimal> stripped = new EnumMap<>(ServiceTier.class);
        multipliers.forEach((tier, factor) -> stripped.put(tier, factor.stripTrailingZeros()));
        multipliers = Map.copyOf(stripped);
    }

    /** A table that stands by its name. */
    public PriceTable(
            String model,
            List<String> aliases,
            List<LeafPrice> prices,
            Map<ServiceTier, BigDecimal> multipliers) {
        this(model, aliases, prices, multipliers, null);
    }

    /**
     * How a catalogue lists a model: the first model of a provider that matches a name counts, and
     * the kinds that a table does not name cost nothing, since it is complete.
     *
     * @param match which names the model has
     * @param hours the time of day at which the prices hold; null for the whole day
     */
    public record Listing(TextMatch match, @Nullable DailyHours hours) {}

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

    /** True if the prices hold at the time of day of a moment. */
    public boolean holdsAt(long micros) {
        DailyHours hours = listing == null ? null : listing.hours();
        return hours == null || hours.include(micros);
    }

    /** What the tier multiplies the prices with. */
    public BigDecimal multiplier(ServiceTier tier) {
        return multipliers.getOrDefault(tier, BigDecimal.ONE);
    }
}
