package dev.meterbook.pricing.intake;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.pricing.axon.PriceMessages;
import dev.meterbook.pricing.domain.CallFacts;
import dev.meterbook.pricing.domain.Rater;
import dev.meterbook.pricing.domain.Rating;
import dev.meterbook.pricing.domain.UnpricedReason;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.ServiceTier;
import dev.meterbook.proto.metering.v1.UsageRecorded;
import dev.meterbook.proto.type.v1.LeafQuantity;
import java.util.Optional;

/**
 * One event of the usage log.
 *
 * @param event where it stands
 * @param call what the caller told
 * @param facts what its price depends on
 * @param isForeign true if it has a kind or a tier that this version does not know; it cannot be
 *     priced by it
 */
public record MeteredUsage(
        StoredEvent event, MeteredCall call, CallFacts facts, boolean isForeign) {

    /** Name of the event. */
    public static final String EVENT = "metering.UsageRecorded";

    /**
     * Reads an event.
     *
     * @throws IllegalStateException if it is not what its name says; the log is damaged
     */
    public static MeteredUsage of(StoredEvent event) {
        try {
            UsageRecorded recorded = UsageRecorded.parseFrom(event.payload());
            Quantities.Builder quantities = Quantities.builder();
            boolean isForeign = recorded.getCall().getServiceTier() == ServiceTier.UNRECOGNIZED;
            for (LeafQuantity each : recorded.getQuantitiesList()) {
                Optional<Leaf> leaf = Leaf.ofCode(each.getLeafValue());
                leaf.ifPresent(known -> quantities.add(known, each.getQuantity()));
                isForeign |= leaf.isEmpty();
            }
            return new MeteredUsage(
                    event,
                    recorded.getCall(),
                    facts(event.tenantId(), recorded, quantities.build()),
                    isForeign);
        } catch (InvalidProtocolBufferException unreadable) {
            throw new IllegalStateException("usage log, position " + event.position(), unreadable);
        }
    }

    private static CallFacts facts(String tenant, UsageRecorded recorded, Quantities quantities) {
        MeteredCall call = recorded.getCall();
        return new CallFacts(
                tenant,
                call.getProvider(),
                call.getServedModel().isEmpty() ? call.getRequestedModel() : call.getServedModel(),
                quantities,
                tier(call.getServiceTier()),
                recorded.getOccurTimeMicros());
    }

    private static dev.meterbook.pricing.domain.ServiceTier tier(ServiceTier tier) {
        return tier == ServiceTier.UNRECOGNIZED
                ? dev.meterbook.pricing.domain.ServiceTier.STANDARD
                : PriceMessages.fromProto(tier);
    }

    /** The id that the caller gave it. */
    String callId() {
        return call.getId().isEmpty() ? event.key().toString() : call.getId();
    }

    /** What rating it comes to. */
    public Rating rate(Rater rater) {
        return isForeign
                ? new Rating.Unpriced(UnpricedReason.NO_PRICE_FOR_LEAF, null)
                : rater.rate(facts);
    }
}
