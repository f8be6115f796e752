package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A {@link PriceTable} laid out for rating: prices by kind for each service tier and context band.
 * Rating a call is then a look-up by index. It is laid out when it is first asked, since most
 * tables of a large book never are. Safe for use by many threads; its answers never change.
 */
final class RateTable {

    private final PriceTable source;
    private volatile @Nullable Layout layout;

    RateTable(PriceTable source) {
        this.source = source;
    }

    /**
     * The prices, laid out.
     *
     * @param bands lower bounds of the context bands, ascending; the first is 0
     * @param standard by band
     * @param others by band, of the tiers that do not cost the standard price
     */
    private record Layout(
            long[] bands, LeafPrices[] standard, Map<ServiceTier, LeafPrices[]> others) {}

    PriceTable source() {
        return source;
    }

    /** Prices for a call of this tier and these quantities. */
    LeafPrices pricesFor(ServiceTier tier, Quantities quantities) {
        Layout known = layout();
        LeafPrices[] byBand = known.others.getOrDefault(tier, known.standard);
        int band = known.bands.length - 1;
        if (band > 0) {
            long inputTokens = quantities.inputTokens();
            while (band > 0 && inputTokens <= known.bands[band]) {
                band--;
            }
        }
        return byBand[band];
    }

    /** Two threads may lay out the same table at the same time; they come to the same. */
    private Layout layout() {
        Layout known = layout;
        if (known == null) {
            known = layOut();
            layout = known;
        }
        return known;
    }

    private Layout layOut() {
        long[] bands =
                LongStream.concat(
                                LongStream.of(0),
                                source.prices().stream().mapToLong(LeafPrice::aboveInputTokens))
                        .sorted()
                        .distinct()
                        .toArray();
        Map<ServiceTier, LeafPrices[]> others = new EnumMap<>(ServiceTier.class);
        source.multipliers()
                .forEach((tier, multiplier) -> others.put(tier, byBand(bands, multiplier)));
        return new Layout(bands, byBand(bands, BigDecimal.ONE), others);
    }

    private LeafPrices[] byBand(long[] bands, BigDecimal multiplier) {
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
        if (source.listing() != null) {
            addFreeKinds(own);
        }
        return own;
    }

    /** A catalogue's table is complete: what it does not name is not billed. */
    private static void addFreeKinds(Map<Leaf, UnitPrice> own) {
        for (Leaf leaf : Leaf.values()) {
            if (leaf.parent() == null && leaf != Leaf.CALL) {
                own.computeIfAbsent(leaf, RateTable::free);
            }
        }
    }

    private static UnitPrice free(Leaf leaf) {
        return new UnitPrice(new LeafPrice(leaf, BigDecimal.ZERO, 1, 0), BigDecimal.ONE);
    }

    private static LeafPrice higherBand(LeafPrice one, LeafPrice other) {
        return one.aboveInputTokens() > other.aboveInputTokens() ? one : other;
    }
}
