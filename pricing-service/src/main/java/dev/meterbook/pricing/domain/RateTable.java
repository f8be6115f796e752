package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * A {@link PriceTable} laid out for rating: prices by kind for each service tier and context band.
 * Rating a call is then a look-up by index. Immutable.
 */
final class RateTable {

    private final PriceTable source;

    /** Lower bounds of the context bands, ascending; the first is 0. */
    private final long[] bands;

    private final LeafPrices[] standard;

    /** By band, of the tiers that do not cost the standard price. */
    private final Map<ServiceTier, LeafPrices[]> others = new EnumMap<>(ServiceTier.class);

    RateTable(PriceTable source) {
        this.source = source;
        this.bands =
                LongStream.concat(
                                LongStream.of(0),
                                source.prices().stream().mapToLong(LeafPrice::aboveInputTokens))
                        .sorted()
                        .distinct()
                        .toArray();
        this.standard = byBand(BigDecimal.ONE);
        source.multipliers().forEach((tier, multiplier) -> others.put(tier, byBand(multiplier)));
    }

    private LeafPrices[] byBand(BigDecimal multiplier) {
        LeafPrices[] byBand = new LeafPrices[bands.length];
        for (int band = 0; band < bands.length; band++) {
            byBand[band] = new LeafPrices(own(bands[band], multiplier));
        }
        return byBand;
    }

    /** Of each kind the price of the highest band passed. */
    private Map<Leaf, UnitPrice> own(long band, BigDecimal multiplier) {
        Map<Leaf, LeafPrice> best = new EnumMap<>(Leaf.class);
        for (LeafPrice price : source.prices()) {
            if (price.aboveInputTokens() <= band) {
                best.merge(price.leaf(), price, RateTable::higherBand);
            }
        }
        Map<Leaf, UnitPrice> own = new EnumMap<>(Leaf.class);
        best.forEach((leaf, price) -> own.put(leaf, new UnitPrice(price, multiplier)));
        return own;
    }

    private static LeafPrice higherBand(LeafPrice one, LeafPrice other) {
        return one.aboveInputTokens() > other.aboveInputTokens() ? one : other;
    }

    PriceTable source() {
        return source;
    }

    /** Prices for a call of this tier and these quantities. */
    LeafPrices pricesFor(ServiceTier tier, Quantities quantities) {
        LeafPrices[] byBand = others.getOrDefault(tier, standard);
        int band = bands.length - 1;
        if (band > 0) {
            long inputTokens = quantities.inputTokens();
            while (band > 0 && inputTokens <= bands[band]) {
                band--;
            }
        }
        return byBand[band];
    }
}
