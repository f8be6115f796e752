package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.Leaf;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prices by kind, for one table, context band and tier. A kind without a price of its own has that
 * of the kind that contains it. Immutable; asking costs an array access.
 */
final class LeafPrices {

    private final Map<Leaf, UnitPrice> byLeaf = new EnumMap<>(Leaf.class);

    /**
     * Prices of kinds and of those that they contain.
     *
     * @param own prices of kinds that have one of their own
     */
    LeafPrices(Map<Leaf, UnitPrice> own) {
        for (Leaf leaf : Leaf.values()) {
            UnitPrice price = nearest(own, leaf);
            if (price != null) {
                byLeaf.put(leaf, price);
            }
        }
    }

    private static @Nullable UnitPrice nearest(Map<Leaf, UnitPrice> own, Leaf leaf) {
        UnitPrice price = own.get(leaf);
        for (int i = 0; price == null && i < leaf.containers().size(); i++) {
            price = own.get(leaf.containers().get(i));
        }
        return price;
    }

    /** The same prices, multiplied. */
    LeafPrices times(BigDecimal factor) {
        Map<Leaf, UnitPrice> multiplied = new EnumMap<>(Leaf.class);
        byLeaf.forEach((leaf, price) -> multiplied.put(leaf, price.times(factor)));
        return new LeafPrices(multiplied);
    }

    /** The price of a kind; null if there is none. */
    @Nullable UnitPrice of(Leaf leaf) {
        return byLeaf.get(leaf);
    }
}
