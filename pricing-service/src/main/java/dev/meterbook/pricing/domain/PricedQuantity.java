package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One kind that a call consumed, with the price that applies.
 *
 * @param leaf the kind
 * @param quantity how many units
 * @param price the price of the kind, or of one that contains it
 */
record PricedQuantity(Leaf leaf, long quantity, UnitPrice price) {

    /** Every kind of a call that has a price. */
    static List<PricedQuantity> of(Quantities quantities, LeafPrices prices) {
        List<PricedQuantity> priced = new ArrayList<>(quantities.size() + 1);
        for (int i = 0; i < quantities.size(); i++) {
            UnitPrice price = prices.of(quantities.leaf(i));
            if (price != null) {
                priced.add(new PricedQuantity(quantities.leaf(i), quantities.amount(i), price));
            }
        }
        UnitPrice perCall = perCall(quantities, prices);
        if (perCall != null) {
            priced.add(new PricedQuantity(Leaf.CALL, 1, perCall));
        }
        return priced;
    }

    /** The price of the call itself, if there is one and the call does not count itself. */
    static @Nullable UnitPrice perCall(Quantities quantities, LeafPrices prices) {
        UnitPrice price = prices.of(Leaf.CALL);
        return price == null || quantities.amountOf(Leaf.CALL) > 0 ? null : price;
    }

    BigDecimal amount() {
        return price.amountOf(quantity);
    }
}
