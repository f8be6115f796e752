package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rates calls with a price book: pure, exact, the same answer for the same book and call. The price
 * comes from the first contract of the provider that is valid when the call occurred and names the
 * model, else from the catalogue. A kind without a price takes that of the kind that contains it;
 * one kind that finds none leaves the whole call unpriced. A call counts as one {@link Leaf#CALL}
 * where the table has a price for calls and the call does not say how many it was.
 */
public final class Rater {

    private final PriceBook book;

    /** Rates with a book. */
    public Rater(PriceBook book) {
        this.book = book;
    }

    /** The book. */
    public PriceBook book() {
        return book;
    }

    /** Rates a call before which nothing was counted. */
    public Rating rate(CallFacts call) {
        return rate(call, RunningQuantities.NONE);
    }

    /**
     * Rates a call.
     *
     * @param running what rules have counted before it
     */
    public Rating rate(CallFacts call, RunningQuantities running) {
        ModelOffers offers = book.offers(call.provider(), call.model());
        RateOffer offer = RateOffer.firstValid(offers.all(), call.occurTimeMicros());
        if (offer == null) {
            return Rating.Unpriced.UNKNOWN_MODEL;
        }
        PlanTerms plan = book.plan(call.tenant(), call.occurTimeMicros());
        if (offer.isCounted() || plan.isCounted()) {
            return counted(call, offers, offer, plan, running);
        }
        LeafPrices prices = offer.pricesFor(call);
        BigDecimal billed = cost(call.quantities(), prices);
        return billed == null
                ? noPrice(call.quantities(), prices)
                : rated(call, offers, offer, plan, billed, List.of());
    }

    private @Nullable ExchangeRate rate(CallFacts call, CurrencyCode cost, PlanTerms plan) {
        CurrencyCode currency = plan.chargeCurrency(cost);
        return currency.equals(cost) ? null : book.rate(cost, currency, call.occurTimeMicros());
    }

    private static boolean isChargeable(
            CurrencyCode cost, PlanTerms plan, @Nullable ExchangeRate rate) {
        return rate != null || plan.chargeCurrency(cost).equals(cost);
    }

    private Rating counted(
            CallFacts call,
            ModelOffers offers,
            RateOffer offer,
            PlanTerms plan,
            RunningQuantities running) {
        CallCounts counts = new CallCounts(running);
        if (offer.spend().isEmpty() && !plan.isCounted() && plan.fixedPrices(call) == null) {
            BigDecimal cost = RuledCost.of(call, offer, counts);
            if (cost != null) {
                return rated(call, offers, offer, plan, cost, counts.all());
            }
            counts = new CallCounts(running);
        }
        RuledCall costs = RuledCall.of(call, offer, counts);
        if (costs.unpriced() != null) {
            return new Rating.Unpriced(UnpricedReason.NO_PRICE_FOR_LEAF, costs.unpriced());
        }
        CurrencyCode currency = offer.source().currency();
        @Nullable ExchangeRate rate = rate(call, currency, plan);
        if (!isChargeable(currency, plan, rate)) {
            return Rating.Unpriced.NO_PLAN;
        }
        CountedCall counted = new CountedCall(call, costs, counts, plan, rate);
        return new Rating.Rated(
                offer.source(),
                counted.billed(),
                listCost(listCost(call, offer, offers.list()), counted),
                plan.label(),
                plan.chargeCurrency(currency),
                counted.charge(),
                rate,
                counted.counted(),
                counted.spent());
    }

    /**
     * A call whose charge depends on nothing that was counted before it.
     *
     * @param counted what its cost has counted
     */
    private Rating rated(
            CallFacts call,
            ModelOffers offers,
            RateOffer offer,
            PlanTerms plan,
            BigDecimal billed,
            List<Counted> counted) {
        CurrencyCode currency = offer.source().currency();
        @Nullable ExchangeRate rate = rate(call, currency, plan);
        return isChargeable(currency, plan, rate)
                ? new Rating.Rated(
                        offer.source(),
                        billed,
                        listCost(call, offer, offers.list()),
                        plan.label(),
                        plan.chargeCurrency(currency),
                        charge(call, offer, billed, plan, rate),
                        rate,
                        counted,
                        List.of())
                : Rating.Unpriced.NO_PLAN;
    }

    /** Spend terms leave the list cost as it is. */
    private static @Nullable BigDecimal listCost(@Nullable BigDecimal list, CountedCall counted) {
        return list == null && counted.billed().compareTo(counted.gross()) != 0
                ? counted.gross()
                : list;
    }

    /** Rates a call before which nothing was counted, and shows each multiplication. */
    public Breakdown explain(CallFacts call) {
        return explain(call, RunningQuantities.NONE);
    }

    /** Rates a call and shows each multiplication. */
    public Breakdown explain(CallFacts call, RunningQuantities running) {
        Rating rating = rate(call, running);
        RateOffer offer =
                RateOffer.firstValid(
                        book.offers(call.provider(), call.model()).all(), call.occurTimeMicros());
        if (offer == null || !(rating instanceof Rating.Rated rated)) {
            return Breakdown.without(rating);
        }
        PlanTerms plan = book.plan(call.tenant(), call.occurTimeMicros());
        CallCounts counts = new CallCounts(running);
        CountedCall counted =
                new CountedCall(
                        call,
                        RuledCall.of(call, offer, counts),
                        counts,
                        plan,
                        rated.exchangeRate());
        return new Breakdown(
                rating,
                offer.table().source().model(),
                plan.markupPercent(),
                offer.factors(call),
                counted.toLines(),
                counted.spendLines());
    }

    private static BigDecimal converted(BigDecimal cost, @Nullable ExchangeRate rate) {
        return rate == null ? cost : rate.convert(cost);
    }

    private static @Nullable BigDecimal listCost(
            CallFacts call, RateOffer billed, RateOffer[] list) {
        RateOffer offer = RateOffer.firstValid(list, call.occurTimeMicros());
        return offer == null
                        || offer.equals(billed)
                        || !offer.source().currency().equals(billed.source().currency())
                ? null
                : cost(call.quantities(), offer.pricesFor(call));
    }

    private static BigDecimal charge(
            CallFacts call,
            RateOffer offer,
            BigDecimal billed,
            PlanTerms plan,
            @Nullable ExchangeRate rate) {
        @Nullable LeafPrices fixed = plan.fixedPrices(call);
        if (fixed == null) {
            return plan.markedUp(converted(billed, rate));
        }
        return charge(
                PricedQuantity.of(call.quantities(), offer.pricesFor(call)), fixed, plan, rate);
    }

    private static BigDecimal charge(
            List<PricedQuantity> lines,
            @Nullable LeafPrices fixed,
            PlanTerms plan,
            @Nullable ExchangeRate rate) {
        BigDecimal sum = BigDecimal.ZERO;
        for (PricedQuantity each : lines) {
            UnitPrice fixedPrice = fixed == null ? null : fixed.of(each.leaf());
            sum = sum.add(plan.charge(fixedPrice, each.quantity(), converted(each.amount(), rate)));
        }
        return sum;
    }

    /** The exact sum over all kinds; null if one has no price. */
    private static @Nullable BigDecimal cost(Quantities quantities, LeafPrices prices) {
        ExactSum sum = new ExactSum();
        for (int i = 0; i < quantities.size(); i++) {
            UnitPrice price = prices.of(quantities.leaf(i));
            if (price == null) {
                return null;
            }
            price.addTo(sum, quantities.amount(i));
        }
        UnitPrice perCall = PricedQuantity.perCall(quantities, prices);
        if (perCall != null) {
            perCall.addTo(sum, 1);
        }
        return sum.total();
    }

    private static Rating noPrice(Quantities quantities, LeafPrices prices) {
        for (int i = 0; i < quantities.size(); i++) {
            if (prices.of(quantities.leaf(i)) == null) {
                return new Rating.Unpriced(UnpricedReason.NO_PRICE_FOR_LEAF, quantities.leaf(i));
            }
        }
        throw new IllegalStateException("every kind of " + quantities + " has a price");
    }
}
