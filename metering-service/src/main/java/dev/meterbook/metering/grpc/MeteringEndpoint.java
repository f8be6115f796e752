package dev.meterbook.metering.grpc;

import dev.meterbook.kernel.CallKey;
import dev.meterbook.kernel.Violation;
import dev.meterbook.metering.application.CallOutcome;
import dev.meterbook.metering.application.Recording;
import dev.meterbook.metering.application.UsageRecorder;
import dev.meterbook.metering.domain.Intake;
import dev.meterbook.metering.projection.CallView;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.platform.security.ApiKeys;
import dev.meterbook.platform.security.Caller;
import dev.meterbook.platform.security.Scope;
import dev.meterbook.proto.metering.v1.BatchGetCallsRequest;
import dev.meterbook.proto.metering.v1.BatchGetCallsResponse;
import dev.meterbook.proto.metering.v1.CallRecord;
import dev.meterbook.proto.metering.v1.GetCallRequest;
import dev.meterbook.proto.metering.v1.ListCallsRequest;
import dev.meterbook.proto.metering.v1.ListCallsResponse;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.MeteringServiceGrpc;
import dev.meterbook.proto.metering.v1.RecordUsageRequest;
import dev.meterbook.proto.metering.v1.RecordUsageResponse;
import dev.meterbook.proto.metering.v1.StreamUsageRequest;
import dev.meterbook.proto.metering.v1.StreamUsageResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The meter's gRPC service. */
@Singleton
public final class MeteringEndpoint extends MeteringServiceGrpc.MeteringServiceImplBase {

    private static final int MAX_POSITIONS = 1_000;

    private final UsageRecorder recorder;
    private final CallView calls;
    private final ApiKeys keys;

    MeteringEndpoint(UsageRecorder recorder, CallView calls, ApiKeys keys) {
        this.recorder = recorder;
        this.calls = calls;
        this.keys = keys;
    }

    @Override
    public void recordUsage(
            RecordUsageRequest request, StreamObserver<RecordUsageResponse> answer) {
        String tenant = recordingTenant();
        Intake.violationOfBatch(request.getCallsCount())
                .ifPresent(
                        violation -> {
                            throw Refusal.invalid(violation);
                        });
        List<CallOutcome> outcomes = await(record(tenant, request.getCallsList()));
        answer.onNext(
                RecordUsageResponse.newBuilder()
                        .addAllResults(MeteringProtos.toProto(request.getCallsList(), outcomes))
                        .build());
        answer.onCompleted();
    }

    @Override
    public StreamObserver<StreamUsageRequest> streamUsage(
            StreamObserver<StreamUsageResponse> answers) {
        String tenant = recordingTenant();
        Caller caller = Caller.current();
        return UsageStream.open(
                (ServerCallStreamObserver<StreamUsageResponse>) answers,
                request -> recordPart(caller, tenant, request));
    }

    @Override
    public void getCall(GetCallRequest request, StreamObserver<CallRecord> answer) {
        CallNames.CallName name = CallNames.call(request.getName());
        String tenant = readingTenant(name.tenant());
        StoredEvent stored =
                calls.find(tenant, CallKey.of(name.id()))
                        .orElseThrow(() -> Refusal.notFound("CALL_NOT_FOUND", request.getName()));
        answer.onNext(StoredCallProtos.toRecord(stored));
        answer.onCompleted();
    }

    @Override
    public void batchGetCalls(
            BatchGetCallsRequest request, StreamObserver<BatchGetCallsResponse> answer) {
        String tenant = readingTenant(CallNames.tenant(request.getParent()));
        int count = request.getPositionsCount();
        if (count == 0 || count > MAX_POSITIONS) {
            throw Refusal.invalid(
                    "INVALID_POSITIONS",
                    "positions",
                    count + " positions",
                    "1 to " + MAX_POSITIONS + " positions");
        }
        long[] positions = request.getPositionsList().stream().mapToLong(Long::longValue).toArray();
        BatchGetCallsResponse.Builder found = BatchGetCallsResponse.newBuilder();
        calls.at(tenant, positions)
                .forEach(call -> found.addCalls(StoredCallProtos.toRecord(call)));
        answer.onNext(found.build());
        answer.onCompleted();
    }

    @Override
    public void listCalls(ListCallsRequest request, StreamObserver<ListCallsResponse> answer) {
        String tenant = readingTenant(CallNames.tenant(request.getParent()));
        int size = CallPages.size(request.getPageSize());
        long before = CallPages.before(request.getPageToken());
        answer.onNext(CallPages.page(calls.newest(tenant, before, size + 1), size));
        answer.onCompleted();
    }

    private static List<CallOutcome> await(Recording recording) {
        try {
            return recording.await();
        } catch (RuntimeException failure) {
            throw WriteFailure.refusal(failure);
        }
    }

    private static String recordingTenant() {
        return Caller.current().require(Scope.INGEST).tenant().orElse("");
    }

    private static String readingTenant(String requested) {
        return Caller.current().require(Scope.READ).tenantFor(requested);
    }

    private Recording record(String tenant, List<MeteredCall> calls) {
        return recorder.record(tenant, MeteringProtos.fromProto(calls));
    }

    /** Begins to record one request of a stream; what it returns waits for the answer. */
    private Supplier<StreamUsageResponse> recordPart(
            Caller caller, String tenant, StreamUsageRequest request) {
        if (!keys.isAlive(caller)) {
            throw Refusal.unauthenticated();
        }
        StreamUsageResponse.Builder response =
                StreamUsageResponse.newBuilder().setSequence(request.getSequence());
        List<MeteredCall> sent = request.getCallsList();
        Optional<Violation> violation = Intake.violationOfBatch(sent.size());
        if (violation.isPresent()) {
            return response.setRejection(MeteringProtos.toProto(violation.get()))::build;
        }
        Recording recording = record(tenant, sent);
        return () ->
                response.addAllResults(MeteringProtos.toProto(sent, recording.await())).build();
    }
}
