package dev.meterbook.metering.grpc;

import com.google.protobuf.UnsafeByteOperations;
import dev.meterbook.kernel.Violation;
import dev.meterbook.kernel.usage.Reading;
import dev.meterbook.metering.application.CallOutcome;
import dev.meterbook.metering.application.IncomingCall;
import dev.meterbook.metering.domain.Admission.Accepted;
import dev.meterbook.metering.domain.Reason;
import dev.meterbook.platform.eventlog.AppendOutcome;
import dev.meterbook.platform.eventlog.AppendOutcome.Conflict;
import dev.meterbook.platform.eventlog.AppendOutcome.Duplicate;
import dev.meterbook.platform.eventlog.AppendOutcome.Recorded;
import dev.meterbook.proto.metering.v1.CallResult;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.Outcome;
import dev.meterbook.proto.metering.v1.Receipt;
import dev.meterbook.proto.metering.v1.Rejection;
import java.util.ArrayList;
import java.util.List;

/** Calls on their way in, answers on their way out. */
final class MeteringProtos {

    private MeteringProtos() {}

    /** A call from the wire, seen by the domain once and stored straight from its message. */
    private record WireCall(MeteredCall message, dev.meterbook.metering.domain.MeteredCall told)
            implements IncomingCall {
        @Override
        public byte[] stored(Accepted accepted) {
            return StoredCallProtos.toStored(message, accepted, told.usage().told().reported());
        }
    }

    private static WireCall wire(MeteredCall call) {
        Reading reading = ProviderBodies.read(call);
        MeteredCall completed = ProviderBodies.completed(call, reading);
        return new WireCall(completed, CallProtos.fromProto(completed, reading));
    }

    static List<IncomingCall> fromProto(List<MeteredCall> calls) {
        List<IncomingCall> incoming = new ArrayList<>(calls.size());
        for (MeteredCall call : calls) {
            incoming.add(wire(call));
        }
        return incoming;
    }

    /** One result for each call, in order. */
    static List<CallResult> toProto(List<MeteredCall> calls, List<CallOutcome> outcomes) {
        List<CallResult> results = new ArrayList<>(calls.size());
        for (int i = 0; i < calls.size(); i++) {
            results.add(result(calls.get(i).getId(), outcomes.get(i)));
        }
        return results;
    }

    static Rejection toProto(Violation violation) {
        return Rejection.newBuilder()
                .setReason(violation.reason())
                .setField(violation.field())
                .setMessage(violation.message())
                .build();
    }

    private static CallResult result(String id, CallOutcome outcome) {
        CallResult.Builder result = CallResult.newBuilder().setId(id);
        switch (outcome) {
            case CallOutcome.Appended(AppendOutcome answer) -> addAnswer(result, id, answer);
            case CallOutcome.Refused(Violation violation) ->
                    result.setOutcome(Outcome.OUTCOME_REJECTED).setRejection(toProto(violation));
        }
        return result.build();
    }

    private static void addAnswer(CallResult.Builder result, String id, AppendOutcome answer) {
        switch (answer) {
            case Recorded(int shard, long position, byte[] chainHash) ->
                    result.setOutcome(Outcome.OUTCOME_RECORDED)
                            .setReceipt(
                                    receipt(shard, position)
                                            .setChainHash(
                                                    UnsafeByteOperations.unsafeWrap(chainHash)));
            case Duplicate(int shard, long position) ->
                    result.setOutcome(Outcome.OUTCOME_DUPLICATE)
                            .setReceipt(receipt(shard, position));
            case Conflict(int _, long position) ->
                    result.setOutcome(Outcome.OUTCOME_CONFLICT)
                            .setRejection(toProto(conflict(id, position)));
        }
    }

    private static Receipt.Builder receipt(int shard, long position) {
        return Receipt.newBuilder().setShard(shard).setPosition(position);
    }

    private static Violation conflict(String id, long position) {
        return new Violation(
                Reason.CALL_CONFLICT.name(),
                "id",
                id,
                "the content stored at position " + position + ", or an id of its own");
    }
}
