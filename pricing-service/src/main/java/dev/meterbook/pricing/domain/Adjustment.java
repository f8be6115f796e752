package dev.meterbook.pricing.domain;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Factors that hold together for a call. Prices that were multiplied with them are kept, so that a
 * call like one before costs a look-up. Safe for use by many threads; its answers never change.
 */
final class Adjustment {

    /** Nothing is multiplied. */
    static final Adjustment NONE = new Adjustment(List.of());

    private final List<Factor> factors;
    private final BigDecimal product;
    private final boolean isOne;

    /** By identity: a table is laid out once and then lends the same prices for ever. */
    private final Map<LeafPrices, LeafPrices> kept = new ConcurrentHashMap<>();

    Adjustment(List<Factor> factors) {
        this.factors = List.copyOf(factors);
        this.product =
                factors.stream().map(Factor::value).reduce(BigDecimal.ONE, BigDecimal::multiply);
        this.isOne = product.compareTo(BigDecimal.ONE) == 0;
    }

    List<Factor> factors() {
        return factors;
    }

    /** The prices, multiplied. */
    LeafPrices of(LeafPrices prices) {
        if (isOne) {
            return prices;
        }
        LeafPrices known = kept.get(prices);
        return known != null
                ? known
                : kept.computeIfAbsent(prices, each -> each.times(product.stripTrailingZeros()));
    }
}
