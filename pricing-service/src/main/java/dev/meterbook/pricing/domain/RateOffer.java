package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.Leaf;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prices of a model at some moments.
 *
 * @param source where the prices come from
 * @param validity when they hold, within the contract
 * @param table the prices
 * @param terms what the prices are multiplied with; null if nothing
 */
record RateOffer(
        PriceSource source, Validity validity, RateTable table, @Nullable OfferTerms terms) {

    /** An offer of prices as they stand. */
    RateOffer(PriceSource source, Validity validity, RateTable table) {
        this(source, validity, table, null);
    }

    /** The same prices from another source, at other moments, under terms. */
    RateOffer under(PriceSource newSource, Validity newValidity, @Nullable OfferTerms newTerms) {
        return new RateOffer(newSource, newValidity, table, newTerms);
    }

    /** Rules on running quantities, by kind; most offers have none. */
    Map<Leaf, CountedRule> rules() {
        return terms == null ? Map.of() : terms.rules();
    }

    /** Terms on the spend of periods; most offers have none. */
    SpendTerms spend() {
        return terms == null ? SpendTerms.NONE : terms.spend();
    }

    /** True if what a call costs depends on what was used or spent before. */
    boolean isCounted() {
        return terms != null && terms.isCounted();
    }

    /** What the prices are multiplied with, the service tier first. */
    List<Factor> factors(CallFacts call) {
        List<Factor> factors = new ArrayList<>();
        BigDecimal tier = table.source().multiplier(call.tier());
        if (tier.compareTo(BigDecimal.ONE) != 0) {
            factors.add(new Factor("service tier " + call.tier(), tier));
        }
        if (terms != null) {
            factors.addAll(terms.forCall(call).factors());
        }
        return factors;
    }

    /** The prices of a call, all factors applied. */
    LeafPrices pricesFor(CallFacts call) {
        LeafPrices prices = table.pricesFor(call.tier(), call.quantities());
        return terms == null ? prices : terms.forCall(call).of(prices);
    }

    /** The first offer that is valid at a moment; null if none is. */
    static @Nullable RateOffer firstValid(RateOffer[] offers, long micros) {
        for (RateOffer offer : offers) {
            if (offer.validity.includes(micros) && offer.table.source().holdsAt(micros)) {
                return offer;
            }
        }
        return null;
    }

    /** Puts the one that starts later first; those that start together keep their order. */
    static int laterStartFirst(RateOffer one, RateOffer other) {
        return Long.compare(other.validity.fromMicros(), one.validity.fromMicros());
    }

    static RateOffer[] array(List<RateOffer> offers) {
        return offers.toArray(RateOffer[]::new);
    }
}
