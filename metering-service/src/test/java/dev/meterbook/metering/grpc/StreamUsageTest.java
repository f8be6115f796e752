package dev.meterbook.metering.grpc;

import static dev.meterbook.metering.grpc.SampleCalls.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.meterbook.platform.security.ApiKey;
import dev.meterbook.proto.access.v1.Scope;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.MeteringServiceGrpc;
import dev.meterbook.proto.metering.v1.Outcome;
import dev.meterbook.proto.metering.v1.StreamUsageRequest;
import dev.meterbook.proto.metering.v1.StreamUsageResponse;
import dev.meterbook.testing.PostgresFixture;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Streams over real gRPC into a real log. */
class StreamUsageTest {

    private static RunningMeter meter;

    @BeforeAll
    static void start() throws SQLException {
        meter = RunningMeter.first(PostgresFixture.freshDatabase());
    }

    @AfterAll
    static void stop() {
        meter.close();
    }

    @Test
    void answers_many_requests_in_their_order() throws Exception {
        List<StreamUsageResponse> answers =
                stream(
                        meter.channel(RunningMeter.ACME),
                        300,
                        sequence -> request(sequence, calls("many-" + sequence, 20)));
        assertThat(answers)
                .extracting(StreamUsageResponse::getSequence)
                .containsExactlyElementsOf(LongStream.range(0, 300).boxed().toList());
        assertThat(answers)
                .allSatisfy(
                        answer ->
                                assertThat(answer.getResultsList())
                                        .hasSize(20)
                                        .allMatch(r -> r.getOutcome() == Outcome.OUTCOME_RECORDED));
    }

    @Test
    void goes_on_after_a_request_that_was_refused_as_a_whole() throws Exception {
        List<StreamUsageResponse> answers =
                stream(
                        meter.channel(RunningMeter.ACME),
                        3,
                        sequence ->
                                request(
                                        sequence,
                                        calls("around-" + sequence, sequence == 1 ? 1_001 : 1)));
        assertThat(answers.get(0).getResults(0).getOutcome()).isEqualTo(Outcome.OUTCOME_RECORDED);
        assertThat(answers.get(1).getResultsList()).isEmpty();
        assertThat(answers.get(1).getRejection().getReason()).isEqualTo("BATCH_TOO_LARGE");
        assertThat(answers.get(1).getRejection().getMessage())
                .isEqualTo("calls: 1001 calls (expected: 1 to 1000 calls)");
        assertThat(answers.get(2).getResults(0).getOutcome()).isEqualTo(Outcome.OUTCOME_RECORDED);
    }

    @Test
    void refuses_a_stream_without_a_valid_key_or_scope() {
        assertThatThrownBy(
                        () -> stream(meter.channel(), 1, sequence -> request(sequence, List.of())))
                .hasRootCauseInstanceOf(StatusRuntimeException.class)
                .hasRootCauseMessage(
                        "UNAUTHENTICATED: authorization: not valid (expected: Bearer and an API"
                                + " key)");
        assertThatThrownBy(
                        () ->
                                stream(
                                        meter.channel(RunningMeter.READER),
                                        1,
                                        sequence -> request(sequence, List.of())))
                .hasRootCauseMessage("PERMISSION_DENIED: credential: without scope INGEST");
    }

    @Test
    void ends_a_stream_whose_key_was_revoked() throws Exception {
        ApiKey key = new ApiKey("passing", "passingsecret000");
        meter.issue(key, "acme", Scope.SCOPE_INGEST);
        CompletableFuture<List<StreamUsageResponse>> done = new CompletableFuture<>();
        StreamObserver<StreamUsageRequest> sending =
                MeteringServiceGrpc.newStub(meter.channel(key)).streamUsage(collect(done));
        sending.onNext(request(0, calls("before", 1)));

        meter.revoke(key);

        AtomicLong sequence = new AtomicLong(1);
        await().until(
                        () -> {
                            long next = sequence.getAndIncrement();
                            sending.onNext(request(next, calls("after-" + next, 1)));
                            return done.isCompletedExceptionally();
                        });
        assertThatThrownBy(done::get)
                .hasRootCauseMessage(
                        "UNAUTHENTICATED: authorization: not valid (expected: Bearer and an API"
                                + " key)");
    }

    private static List<StreamUsageResponse> stream(
            Channel channel, int requests, LongFunction<StreamUsageRequest> request)
            throws Exception {
        CompletableFuture<List<StreamUsageResponse>> done = new CompletableFuture<>();
        StreamObserver<StreamUsageRequest> sending =
                MeteringServiceGrpc.newStub(channel).streamUsage(collect(done));
        for (int i = 0; i < requests; i++) {
            sending.onNext(request.apply(i));
        }
        sending.onCompleted();
        return done.get(30, TimeUnit.SECONDS);
    }

    private static StreamObserver<StreamUsageResponse> collect(
            CompletableFuture<List<StreamUsageResponse>> done) {
        List<StreamUsageResponse> answers = new ArrayList<>();
        return new StreamObserver<>() {
            @Override
            public void onNext(StreamUsageResponse answer) {
                answers.add(answer);
            }

            @Override
            public void onError(Throwable failure) {
                done.completeExceptionally(failure);
            }

            @Override
            public void onCompleted() {
                done.complete(answers);
            }
        };
    }

    private static StreamUsageRequest request(long sequence, List<MeteredCall> calls) {
        return StreamUsageRequest.newBuilder().setSequence(sequence).addAllCalls(calls).build();
    }

    private static List<MeteredCall> calls(String run, int count) {
        return IntStream.range(0, count).mapToObj(i -> call(run + "-" + i).build()).toList();
    }
}
