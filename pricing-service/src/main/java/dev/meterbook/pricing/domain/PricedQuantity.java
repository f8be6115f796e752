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
 * @param price the price of the kind, or of one that contains it; null if a rule prices it alone
 * @param use the rule that prices it by a running quantity; null if the table does
 */
record PricedQuantity(Leaf leaf, long quantity, @Nullable UnitPrice price, @Nullable Use use) {

    /**
     * The use of a rule.
     *
     * @param rule the rule
     * @param before the running quantity before
     */
    record Use(CountedRule rule, long before) {

        Breakdown.VolumeLine line(long quantity, BigDecimal amount, String unruled) {
            return new Breakdown.VolumeLine(
                    rule.id(), before, rule.parts(before, quantity, amount, unruled));
        }
    }

    /** A kind that the table prices. */
    PricedQuantity(Leaf leaf, long quantity, UnitPrice price) {
        this(leaf, quantity, price, null);
    }

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

    /** How a running quantity decided; null if none did. */
    Breakdown.@Nullable VolumeLine volumeLine() {
        return use == null ? null : use.line(quantity, amount(), "table");
    }

    BigDecimal amount() {
        if (use != null) {
            return use.rule().amount(use.before(), quantity, price);
        }
        return price == null ? BigDecimal.ZERO : price.amountOf(quantity);
    }
}
