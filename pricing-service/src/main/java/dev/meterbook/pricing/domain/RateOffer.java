package dev.meterbook.pricing.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prices of a model at some moments.
 *
 * @param source where the prices come from
 * @param validity when they hold, within the contract
 * @param table the prices
 */
record RateOffer(PriceSource source, Validity validity, RateTable table) {

    /** The first offer that is valid at a moment; null if none is. */
    static @Nullable RateOffer firstValid(RateOffer[] offers, long micros) {
        for (RateOffer offer : offers) {
            if (offer.validity.includes(micros)) {
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
