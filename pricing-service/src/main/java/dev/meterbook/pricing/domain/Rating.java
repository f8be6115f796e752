package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Leaf;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What rating a call came to. */
public sealed interface Rating {

    /**
     * The call has a price. Amounts are exact.
     *
     * @param source where the price comes from, and the currency of the costs
     * @param billedCost what the provider bills
     * @param listCost the same at list prices; null where none is known: as billed
     * @param plan the plan's version, such as {@code own-2}
     * @param chargeCurrency currency of the charge
     * @param charge what the tenant owes
     */
    record Rated(
            PriceSource source,
            BigDecimal billedCost,
            @Nullable BigDecimal listCost,
            String plan,
            CurrencyCode chargeCurrency,
            BigDecimal charge)
            implements Rating {}

    /**
     * The call has no price. It is not worth zero: it waits.
     *
     * @param reason why
     * @param leaf the kind that has no price, if that is the reason
     */
    record Unpriced(UnpricedReason reason, @Nullable Leaf leaf) implements Rating {

        static final Unpriced UNKNOWN_MODEL = new Unpriced(UnpricedReason.UNKNOWN_MODEL, null);
        static final Unpriced NO_PLAN = new Unpriced(UnpricedReason.NO_PLAN, null);
    }
}
