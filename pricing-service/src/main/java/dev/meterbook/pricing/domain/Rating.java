package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Leaf;
import java.math.BigDecimal;
import java.util.List;
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
     * @param exchangeRate what turned costs into the charge's currency; null if nothing had to
     * @param counted what the call added to running quantities; most calls to none
     * @param spent what the call added to the spend of periods, in the order in which the terms
     *     worked; most calls to none
     */
    record Rated(
            PriceSource source,
            BigDecimal billedCost,
            @Nullable BigDecimal listCost,
            String plan,
            CurrencyCode chargeCurrency,
            BigDecimal charge,
            @Nullable ExchangeRate exchangeRate,
            List<Counted> counted,
            List<Spent> spent)
            implements Rating {

        /** Rounds what has more digits than amounts may have. */
        public Rated {
            billedCost = Amounts.limited(billedCost);
            listCost = listCost == null ? null : Amounts.limited(listCost);
            charge = Amounts.limited(charge);
            counted = List.copyOf(counted);
            spent = List.copyOf(spent);
        }

        /** A charge in the currency of the cost, where nothing is counted. */
        public Rated(
                PriceSource source,
                BigDecimal billedCost,
                @Nullable BigDecimal listCost,
                String plan,
                CurrencyCode chargeCurrency,
                BigDecimal charge) {
            this(
                    source,
                    billedCost,
                    listCost,
                    plan,
                    chargeCurrency,
                    charge,
                    null,
                    List.of(),
                    List.of());
        }
    }

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
