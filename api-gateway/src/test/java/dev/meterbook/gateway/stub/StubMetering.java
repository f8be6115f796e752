package dev.meterbook.gateway.stub;

import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.proto.metering.v1.BatchGetCallsRequest;
import dev.meterbook.proto.metering.v1.BatchGetCallsResponse;
import dev.meterbook.proto.metering.v1.CallRecord;
import dev.meterbook.proto.metering.v1.CallResult;
import dev.meterbook.proto.metering.v1.GetCallRequest;
import dev.meterbook.proto.metering.v1.ListCallsRequest;
import dev.meterbook.proto.metering.v1.ListCallsResponse;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.MeteringServiceGrpc.MeteringServiceImplBase;
import dev.meterbook.proto.metering.v1.Outcome;
import dev.meterbook.proto.metering.v1.Receipt;
import dev.meterbook.proto.metering.v1.RecordUsageRequest;
import dev.meterbook.proto.metering.v1.RecordUsageResponse;
import dev.meterbook.proto.type.v1.Leaf;
import dev.meterbook.proto.type.v1.LeafQuantity;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** Answers every call as recorded, and keeps the last request to be looked at. */
public final class StubMetering extends MeteringServiceImplBase {

    private final AtomicReference<RecordUsageRequest> lastRequest =
            new AtomicReference<>(RecordUsageRequest.getDefaultInstance());
    private final AtomicReference<String> lastName = new AtomicReference<>("");
    private final AtomicReference<ListCallsRequest> lastList =
            new AtomicReference<>(ListCallsRequest.getDefaultInstance());
    private final AtomicReference<BatchGetCallsRequest> lastBatch =
            new AtomicReference<>(BatchGetCallsRequest.getDefaultInstance());

    /** What was recorded last. */
    public RecordUsageRequest lastRequest() {
        return lastRequest.get();
    }

    /** The name that was asked for last. */
    public String lastName() {
        return lastName.get();
    }

    /** The list that was asked for last. */
    public ListCallsRequest lastList() {
        return lastList.get();
    }

    /** The calls that were asked for last. */
    public BatchGetCallsRequest lastBatch() {
        return lastBatch.get();
    }

    @Override
    public void recordUsage(
            RecordUsageRequest request, StreamObserver<RecordUsageResponse> answer) {
        lastRequest.set(request);
        RecordUsageResponse.Builder results = RecordUsageResponse.newBuilder();
        for (int i = 0; i < request.getCallsCount(); i++) {
            results.addResults(
                    CallResult.newBuilder()
                            .setId(request.getCalls(i).getId())
                            .setOutcome(Outcome.OUTCOME_RECORDED)
                            .setReceipt(Receipt.newBuilder().setPosition(i + 1L)));
        }
        StubServices.answer(answer, results::build);
    }

    @Override
    public void getCall(GetCallRequest request, StreamObserver<CallRecord> answer) {
        lastName.set(request.getName());
        StubServices.answer(
                answer,
                () ->
                        switch (request.getName()) {
                            case "tenants/acme/calls/unknown" ->
                                    throw Refusal.notFound("UNKNOWN_CALL", request.getName());
                            case "tenants/acme/calls/broken" ->
                                    throw Status.INTERNAL
                                            .withDescription("password of the database is x")
                                            .asRuntimeException();
                            default -> record(request.getName(), 1);
                        });
    }

    @Override
    public void batchGetCalls(
            BatchGetCallsRequest request, StreamObserver<BatchGetCallsResponse> answer) {
        lastBatch.set(request);
        BatchGetCallsResponse.Builder calls = BatchGetCallsResponse.newBuilder();
        request.getPositionsList()
                .forEach(
                        position ->
                                calls.addCalls(
                                        record(
                                                request.getParent() + "/calls/call-" + position,
                                                position)));
        StubServices.answer(answer, calls::build);
    }

    @Override
    public void listCalls(ListCallsRequest request, StreamObserver<ListCallsResponse> answer) {
        lastList.set(request);
        StubServices.answer(answer, ListCallsResponse::getDefaultInstance);
    }

    private static CallRecord record(String name, long position) {
        Instant time = Instant.parse("2026-11-22T14:25:36Z").minusSeconds(position * 37);
        return CallRecord.newBuilder()
                .setName(name)
                .setPosition(position)
                .setRecordTime(Texts.at(time.plusMillis(412)))
                .addQuantities(quantity(Leaf.LEAF_INPUT, 1_234))
                .addQuantities(quantity(Leaf.LEAF_INPUT_CACHE_READ, 192))
                .addQuantities(quantity(Leaf.LEAF_OUTPUT, 70))
                .setCall(
                        MeteredCall.newBuilder()
                                .setOccurTime(Texts.at(time))
                                .setProvider("openai")
                                .setRequestedModel("gpt-4.1")
                                .setServedModel("gpt-4.1-2025-04-14")
                                .setApplication("support-chat")
                                .setEnvironment("prod")
                                .setCustomer("customer-17")
                                .setUser("u-4711")
                                .setTraceId("4bf92f3577b34da6a3ce929d0e0e4736")
                                .setLatencyMillis(812))
                .build();
    }

    private static LeafQuantity quantity(Leaf leaf, long quantity) {
        return LeafQuantity.newBuilder().setLeaf(leaf).setQuantity(quantity).build();
    }
}
