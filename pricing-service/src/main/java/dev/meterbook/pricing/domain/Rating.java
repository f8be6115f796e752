package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Decimals;
import dev.meterbook.kernel.Leaf;
import java.math.BigDecimal;
import java.math.RoundingMode;
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
     */
    record Rated(
            PriceSource source,
            BigDecimal billedCost,
            @Nullable BigDecimal listCost,
            String plan,
            CurrencyCode chargeCurrency,
            BigDecimal charge,
            @Nullable ExchangeRate exchangeRate,
            List<Counted> counted)
            implements Rating {

        /** Rounds what has more digits than amounts may have. */
        public Rated {
            billedCost = limited(billedCost);
            listCost = listCost == null ? null : limited(listCost);
            charge = limited(charge);
            counted = List.copyOf(counted);
        }

        /** A charge in the currency of the cost, where nothing is counted. */
        public Rated(
                PriceSource source,
                BigDecimal billedCost,
                @Nullable BigDecimal listCost,
                String plan,
                CurrencyCode chargeCurrency,
                BigDecimal charge) {
            this(source, billedCost, listCost, plan, chargeCurrency, charge, null, List.of());
        }

        /** Half to even at the last digit that an amount can have; prices as agreed stay below. */
        private static BigDecimal limited(BigDecimal amount) {
            return amount.scale() <= Decimals.MAX_DIGITS
                            || amount.stripTrailingZeros().scale() <= Decimals.MAX_DIGITS
                    ? amount
                    : amount.setScale(Decimals.MAX_DIGITS, RoundingMode.HALF_EVEN);
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
