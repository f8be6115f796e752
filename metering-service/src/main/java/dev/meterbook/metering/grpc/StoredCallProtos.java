package dev.meterbook.metering.grpc;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import dev.meterbook.kernel.CallKey;
import dev.meterbook.kernel.Quantities;
import dev.meterbook.kernel.usage.Reading;
import dev.meterbook.metering.domain.Admission.Accepted;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.proto.metering.v1.CallRecord;
import dev.meterbook.proto.metering.v1.CallStatus;
import dev.meterbook.proto.metering.v1.CountSource;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.ServiceTier;
import dev.meterbook.proto.metering.v1.UsageRecorded;
import dev.meterbook.proto.type.v1.LeafQuantity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls as they are stored: {@code metering.UsageRecorded}, revision 1. Equal calls have equal
 * bytes, whichever client wrote them, in whichever order of labels: that is how a repeat is told
 * from a conflict.
 */
final class StoredCallProtos {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    private StoredCallProtos() {}

    /**
     * The bytes to store; they depend on nothing but the call.
     *
     * @param reading what reading its provider's body came to; null if it has none
     */
    static byte[] toStored(MeteredCall call, Accepted accepted, @Nullable Reading reading) {
        UsageRecorded.Builder event =
                UsageRecorded.newBuilder()
                        .setCall(withoutDefaults(call))
                        .setOccurTimeMicros(accepted.occurTimeMicros())
                        .setSource(sourceOf(call));
        Quantities quantities = accepted.quantities();
        for (int i = 0; i < quantities.size(); i++) {
            event.addLeavesValue(quantities.leaf(i).code());
            event.addQuantities(quantities.amount(i));
        }
        if (reading instanceof Reading.Read read) {
            event.setEvidence(ProviderBodies.evidence(call, read));
        }
        return deterministicBytes(event.build());
    }

    /** A stored call for a reader. */
    static CallRecord toRecord(StoredEvent stored) {
        UsageRecorded event = parse(stored);
        CallRecord.Builder record = CallRecord.newBuilder();
        if (event.hasEvidence()) {
            record.setEvidence(event.getEvidence());
        }
        MeteredCall call = event.getCall();
        String id = call.getId().isEmpty() ? stored.key().toString() : call.getId();
        return record.setName(CallNames.of(stored.tenantId(), id))
                .setCall(
                        withDefaults(call)
                                .setId(id)
                                .setTenant(stored.tenantId())
                                .setOccurTime(timestamp(event.getOccurTimeMicros())))
                .addAllQuantities(quantities(event))
                .setPosition(stored.position())
                .setRecordTime(timestamp(stored.recordTime()))
                .setSource(
                        event.getSource() == CountSource.COUNT_SOURCE_UNSPECIFIED
                                ? CountSource.COUNT_SOURCE_PROVIDER
                                : event.getSource())
                .build();
    }

    private static List<LeafQuantity> quantities(UsageRecorded event) {
        List<LeafQuantity> quantities = new ArrayList<>(event.getLeavesCount());
        for (int i = 0; i < event.getLeavesCount(); i++) {
            quantities.add(
                    LeafQuantity.newBuilder()
                            .setLeafValue(event.getLeavesValue(i))
                            .setQuantity(event.getQuantities(i))
                            .build());
        }
        return quantities;
    }

    private static MeteredCall.Builder withDefaults(MeteredCall stored) {
        MeteredCall.Builder call = stored.toBuilder();
        if (call.getServiceTier() == ServiceTier.SERVICE_TIER_UNSPECIFIED) {
            call.setServiceTier(ServiceTier.SERVICE_TIER_STANDARD);
        }
        if (call.getStatus() == CallStatus.CALL_STATUS_UNSPECIFIED) {
            call.setStatus(CallStatus.CALL_STATUS_OK);
        }
        return call;
    }

    private static MeteredCall.Builder withoutDefaults(MeteredCall call) {
        MeteredCall.Builder stored = call.toBuilder().clearTenant().clearOccurTime().clearUsage();
        if (CallKey.isItsOwnKey(call.getId())) {
            stored.clearId();
        }
        if (call.getServiceTier() == ServiceTier.SERVICE_TIER_STANDARD) {
            stored.clearServiceTier();
        }
        if (call.getStatus() == CallStatus.CALL_STATUS_OK) {
            stored.clearStatus();
        }
        return stored;
    }

    private static CountSource sourceOf(MeteredCall call) {
        CountSource source = call.getUsage().getSource();
        return source == CountSource.COUNT_SOURCE_PROVIDER
                ? CountSource.COUNT_SOURCE_UNSPECIFIED
                : source;
    }

    /** Maps have no order of their own on the wire; here their keys are sorted. */
    private static byte[] deterministicBytes(Message message) {
        byte[] bytes = new byte[message.getSerializedSize()];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            message.writeTo(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException("the array has the message's size", impossible);
        }
        out.checkNoSpaceLeft();
        return bytes;
    }

    private static UsageRecorded parse(StoredEvent stored) {
        try {
            return UsageRecorded.parseFrom(stored.payload());
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException(
                    "usage log, position " + stored.position() + ": not a metered call", broken);
        }
    }

    private static Timestamp timestamp(long micros) {
        return Timestamp.newBuilder()
                .setSeconds(micros / MICROS_PER_SECOND)
                .setNanos((int) (micros % MICROS_PER_SECOND) * NANOS_PER_MICRO)
                .build();
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }
}
