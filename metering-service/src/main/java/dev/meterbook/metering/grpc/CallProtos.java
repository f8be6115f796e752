package dev.meterbook.metering.grpc;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import dev.meterbook.kernel.usage.Reading;
import dev.meterbook.kernel.usage.TokenCounts;
import dev.meterbook.kernel.usage.TokenCounts.Convention;
import dev.meterbook.kernel.usage.ToldUsage;
import dev.meterbook.kernel.usage.ToldUsage.LeafCount;
import dev.meterbook.metering.domain.MeteredCall;
import dev.meterbook.metering.domain.MeteredCall.Attribution;
import dev.meterbook.metering.domain.MeteredCall.Ending;
import dev.meterbook.metering.domain.MeteredCall.Lineage;
import dev.meterbook.metering.domain.MeteredCall.Model;
import dev.meterbook.metering.domain.MeteredCall.Trace;
import dev.meterbook.metering.domain.OccurTime;
import dev.meterbook.metering.domain.Usage;
import dev.meterbook.metering.domain.Usage.CountSource;
import dev.meterbook.proto.metering.v1.CallStatus;
import dev.meterbook.proto.metering.v1.CountingConvention;
import dev.meterbook.proto.metering.v1.ServiceTier;
import dev.meterbook.proto.type.v1.LeafQuantity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls from the wire as the domain sees them. Checks nothing; texts are shared, not copied. */
final class CallProtos {

    private CallProtos() {}

    /**
     * A call.
     *
     * @param reading what reading its provider's body came to; null if it has none
     */
    static MeteredCall fromProto(
            dev.meterbook.proto.metering.v1.MeteredCall call, @Nullable Reading reading) {
        return new MeteredCall(
                call.getId(),
                call.getTenant(),
                call.hasOccurTime() ? time(call.getOccurTime()) : OccurTime.NOT_TOLD,
                call.hasUsage() ? usage(call.getUsage(), reading) : Usage.NOT_TOLD,
                attribution(call),
                model(call),
                lineage(call),
                new Trace(call.getTraceId(), call.getSpanId()),
                new Ending(
                        status(call.getStatus()),
                        call.getLatencyMillis(),
                        call.getRetrievedContextTokens()),
                call.getHoldId(),
                call.getLabelsMap(),
                unknownField(call));
    }

    private static Attribution attribution(dev.meterbook.proto.metering.v1.MeteredCall call) {
        return new Attribution(
                call.getApplication(),
                call.getCustomer(),
                call.getUser(),
                call.getCostCenter(),
                call.getEnvironment(),
                call.getUseCase(),
                call.getFeature(),
                call.getBusinessProcess(),
                call.getRequestType());
    }

    private static Model model(dev.meterbook.proto.metering.v1.MeteredCall call) {
        return new Model(
                call.getProvider(),
                call.getRequestedModel(),
                call.getServedModel(),
                call.getRegion(),
                tier(call.getServiceTier()),
                call.getDeployment());
    }

    private static Lineage lineage(dev.meterbook.proto.metering.v1.MeteredCall call) {
        return new Lineage(
                call.getConversation(),
                call.getWorkflow(),
                call.getRun(),
                call.getAgent(),
                call.getStep(),
                call.getTool(),
                call.getAttempt(),
                call.getRetryOf());
    }

    private static OccurTime time(Timestamp time) {
        return new OccurTime(time.getSeconds(), time.getNanos());
    }

    private static Usage usage(
            dev.meterbook.proto.metering.v1.Usage usage, @Nullable Reading reading) {
        return new Usage(
                new ToldUsage(
                        usage.hasTokens() ? tokens(usage.getTokens()) : null,
                        quantities(usage.getQuantitiesList()),
                        reading),
                source(usage.getSource()));
    }

    private static List<LeafCount> quantities(List<LeafQuantity> quantities) {
        if (quantities.isEmpty()) {
            return List.of();
        }
        List<LeafCount> counts = new ArrayList<>(quantities.size());
        for (LeafQuantity quantity : quantities) {
            counts.add(new LeafCount(quantity.getLeafValue(), quantity.getQuantity()));
        }
        return counts;
    }

    private static TokenCounts tokens(dev.meterbook.proto.metering.v1.TokenCounts counts) {
        return new TokenCounts(
                convention(counts.getConvention()),
                counts.getInputTokens(),
                counts.getOutputTokens(),
                counts.getCacheReadTokens(),
                counts.getCacheWriteTokens(),
                counts.getCacheWrite5MTokens(),
                counts.getCacheWrite1HTokens(),
                counts.getReasoningTokens(),
                counts.getInputAudioTokens(),
                counts.getOutputAudioTokens());
    }

    private static Convention convention(CountingConvention convention) {
        return switch (convention) {
            case COUNTING_CONVENTION_UNSPECIFIED -> Convention.UNSPECIFIED;
            case COUNTING_CONVENTION_INCLUSIVE -> Convention.INCLUSIVE;
            case COUNTING_CONVENTION_EXCLUSIVE -> Convention.EXCLUSIVE;
            case UNRECOGNIZED -> Convention.UNKNOWN;
        };
    }

    private static CountSource source(dev.meterbook.proto.metering.v1.CountSource source) {
        return switch (source) {
            case COUNT_SOURCE_UNSPECIFIED, COUNT_SOURCE_PROVIDER -> CountSource.PROVIDER;
            case COUNT_SOURCE_CLIENT -> CountSource.CLIENT;
            case COUNT_SOURCE_ESTIMATE -> CountSource.ESTIMATE;
            case UNRECOGNIZED -> CountSource.UNKNOWN;
        };
    }

    private static MeteredCall.ServiceTier tier(ServiceTier tier) {
        return switch (tier) {
            case SERVICE_TIER_UNSPECIFIED, SERVICE_TIER_STANDARD ->
                    MeteredCall.ServiceTier.STANDARD;
            case SERVICE_TIER_BATCH -> MeteredCall.ServiceTier.BATCH;
            case SERVICE_TIER_FLEX -> MeteredCall.ServiceTier.FLEX;
            case SERVICE_TIER_PRIORITY -> MeteredCall.ServiceTier.PRIORITY;
            case UNRECOGNIZED -> MeteredCall.ServiceTier.UNKNOWN;
        };
    }

    private static MeteredCall.CallStatus status(CallStatus status) {
        return switch (status) {
            case CALL_STATUS_UNSPECIFIED, CALL_STATUS_OK -> MeteredCall.CallStatus.OK;
            case CALL_STATUS_ERROR -> MeteredCall.CallStatus.ERROR;
            case CALL_STATUS_PARTIAL -> MeteredCall.CallStatus.PARTIAL;
            case CALL_STATUS_CANCELLED -> MeteredCall.CallStatus.CANCELLED;
            case UNRECOGNIZED -> MeteredCall.CallStatus.UNKNOWN;
        };
    }

    /**
     * Number of the first field anywhere in the call that this version does not know; 0 if none.
     */
    private static int unknownField(dev.meterbook.proto.metering.v1.MeteredCall call) {
        int found = unknownFieldOf(call);
        if (found == 0 && call.hasUsage()) {
            found = unknownFieldOf(call.getUsage());
            if (found == 0 && call.getUsage().hasTokens()) {
                found = unknownFieldOf(call.getUsage().getTokens());
            }
            if (found == 0 && call.getUsage().hasProviderUsage()) {
                found = unknownFieldOf(call.getUsage().getProviderUsage());
            }
            for (int i = 0; found == 0 && i < call.getUsage().getQuantitiesCount(); i++) {
                found = unknownFieldOf(call.getUsage().getQuantities(i));
            }
        }
        return found;
    }

    private static int unknownFieldOf(Message message) {
        return message.getUnknownFields().isEmpty()
                ? 0
                : message.getUnknownFields().asMap().keySet().iterator().next();
    }
}
