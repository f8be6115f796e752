package dev.meterbook.pricing.intake;

import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.pricing.domain.CallFacts;
import dev.meterbook.pricing.domain.Rater;
import dev.meterbook.pricing.domain.Rating;
import dev.meterbook.pricing.domain.RunningQuantities;
import dev.meterbook.pricing.domain.UnpricedReason;
import dev.meterbook.proto.metering.v1.MeteredCall;

/**
 * One event of the usage log.
 *
 * @param event where it stands
 * @param texts what the caller told
 * @param facts what its price depends on
 * @param isForeign true if it has a kind or a tier that this version does not know; it cannot be
 *     priced by it
 */
public record MeteredUsage(StoredEvent event, CallTexts texts, CallFacts facts, boolean isForeign) {

    /** Name of the event. */
    public static final String EVENT = "metering.UsageRecorded";

    /** The id that the caller gave it. */
    String callId() {
        String id = texts.of(MeteredCall.ID_FIELD_NUMBER);
        return id.isEmpty() ? event.key().toString() : id;
    }

    /**
     * What rating it comes to.
     *
     * @param running what was counted before it
     */
    public Rating rate(Rater rater, RunningQuantities running) {
        return isForeign
                ? new Rating.Unpriced(UnpricedReason.NO_PRICE_FOR_LEAF, null)
                : rater.rate(facts, running);
    }
}
