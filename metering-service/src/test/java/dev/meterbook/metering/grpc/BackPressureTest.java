package dev.meterbook.metering.grpc;

import static dev.meterbook.metering.grpc.SampleCalls.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Durations;
import com.google.rpc.RetryInfo;
import dev.meterbook.platform.eventlog.GroupCommitWriter;
import dev.meterbook.platform.security.ApiKey;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.MeteringServiceGrpc;
import dev.meterbook.proto.metering.v1.MeteringServiceGrpc.MeteringServiceBlockingStub;
import dev.meterbook.proto.metering.v1.Outcome;
import dev.meterbook.proto.metering.v1.RecordUsageRequest;
import dev.meterbook.proto.metering.v1.RecordUsageResponse;
import dev.meterbook.proto.metering.v1.StreamUsageRequest;
import dev.meterbook.proto.metering.v1.StreamUsageResponse;
import dev.meterbook.testing.PostgresFixture;
import dev.meterbook.testing.TestDatabase;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Too much for the meter: the real service under more than it can write. */
class BackPressureTest {

    /** Calls of a request of the noisy tenant: as many as are allowed. */
    private static final int LARGE = 1_000;

    /** Calls that the writer takes into one transaction, about. */
    private static final int BATCH = 2_000;

    private static TestDatabase database;
    private static RunningMeter meter;

    @BeforeAll
    static void start() throws SQLException {
        database = PostgresFixture.freshDatabase();
        meter = RunningMeter.first(database);
    }

    @AfterAll
    static void stop() {
        meter.close();
    }

    private static List<MeteredCall> calls(String tenant, String run, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> call(run + "-" + i).setTenant(tenant).build())
                .toList();
    }

    private static RecordUsageRequest request(String tenant, String run, int count) {
        return RecordUsageRequest.newBuilder().addAllCalls(calls(tenant, run, count)).build();
    }

    private static MeteringServiceBlockingStub as(ApiKey key) {
        return MeteringServiceGrpc.newBlockingStub(meter.channel(key))
                .withDeadlineAfter(Duration.ofMinutes(1));
    }

    private static long recorded() {
        return meter.database().read(meter.log().reader()::head);
    }

    /** A stream whose client asks for answers one by one, or not at all. */
    @SuppressWarnings("NullAway.Init") // gRPC gives the sending side before anything else
    private static final class Stream
            implements ClientResponseObserver<StreamUsageRequest, StreamUsageResponse> {
        private final AtomicInteger answered = new AtomicInteger();
        private ClientCallStreamObserver<StreamUsageRequest> sending;

        static Stream open(ApiKey key) {
            Stream stream = new Stream();
            var _ = MeteringServiceGrpc.newStub(meter.channel(key)).streamUsage(stream);
            return stream;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<StreamUsageRequest> requests) {
            sending = requests;
            sending.disableAutoRequestWithInitial(0);
        }

        void send(long sequence, List<MeteredCall> calls) {
            sending.onNext(
                    StreamUsageRequest.newBuilder()
                            .setSequence(sequence)
                            .addAllCalls(calls)
                            .build());
        }

        @Override
        public void onNext(StreamUsageResponse answer) {
            assertThat(answer.getResultsList())
                    .allMatch(result -> result.getOutcome() == Outcome.OUTCOME_RECORDED);
            answered.incrementAndGet();
        }

        @Override
        public void onError(Throwable failure) {
            answered.set(Integer.MIN_VALUE);
        }

        @Override
        public void onCompleted() {}
    }

    @Test
    void a_noisy_tenant_does_not_keep_a_quiet_one_waiting() {
        int streams = 6;
        int requests = 20;
        long before = recorded();
        long began = System.nanoTime();
        List<Stream> noisy = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            Stream stream = Stream.open(RunningMeter.GLOBEX);
            noisy.add(stream);
            stream.sending.request(Integer.MAX_VALUE);
            for (int j = 0; j < requests; j++) {
                stream.send(j, calls("globex", "noise-" + i + "-" + j, LARGE));
            }
        }
        List<Long> latencies = new ArrayList<>();
        for (int i = 0;
                noisy.stream().mapToInt(each -> each.answered.get()).sum() < streams * requests;
                i++) {
            long sent = System.nanoTime();
            RecordUsageResponse answer =
                    as(RunningMeter.ACME).recordUsage(request("acme", "quiet-" + i, 1));
            latencies.add(System.nanoTime() - sent);
            assertThat(answer.getResults(0).getOutcome()).isEqualTo(Outcome.OUTCOME_RECORDED);
        }
        long took = System.nanoTime() - began;

        long all = recorded() - before;
        assertThat(all).isEqualTo((long) streams * requests * LARGE + latencies.size());
        long batch = took / (all / BATCH);
        latencies.sort(null);
        assertThat(latencies.get(latencies.size() / 2))
                .as(
                        "median of %d quiet calls; a batch takes %d ms",
                        latencies.size(), batch / 1_000_000)
                .isLessThan(4 * batch);
        assertThat(latencies.getLast())
                .as("slowest of %d quiet calls", latencies.size())
                .isLessThan(10 * batch + TimeUnit.SECONDS.toNanos(1));
    }

    /** While the writer is held up, the queue fills to its bound and not beyond. */
    @Test
    void overload_is_refused_with_a_delay_and_who_waits_loses_nothing() throws Exception {
        long before = recorded();
        int requests = 40;
        Map<Integer, ListenableFuture<RecordUsageResponse>> open = new HashMap<>();
        List<Integer> refused = new ArrayList<>();
        ListenableFuture<RecordUsageResponse> quiet;
        try (Connection foreign = database.connect();
                Statement statement = foreign.createStatement()) {
            foreign.setAutoCommit(false);
            statement.execute("select from metering.shard_head for update");
            for (int i = 0; i < requests; i++) {
                open.put(i, send(i));
            }
            await().atMost(Duration.ofSeconds(10)).until(() -> finished(open) > 0);
            quiet =
                    MeteringServiceGrpc.newFutureStub(meter.channel(RunningMeter.ACME))
                            .recordUsage(request("acme", "beside", 1));
            foreign.rollback();
        }

        for (Map.Entry<Integer, ListenableFuture<RecordUsageResponse>> each : open.entrySet()) {
            if (!isRecorded(each.getValue())) {
                refused.add(each.getKey());
            }
        }
        assertThat(quiet.get(30, TimeUnit.SECONDS).getResults(0).getOutcome())
                .isEqualTo(Outcome.OUTCOME_RECORDED);
        assertThat(refused).hasSizeGreaterThanOrEqualTo(requests - roomOfOneTenant());
        for (int each : refused) {
            while (!isRecorded(send(each))) {
                // isRecorded has waited as told
            }
        }
        assertThat(recorded() - before).isEqualTo((long) requests * LARGE + 1);
    }

    /** Requests that wait at most for one tenant, and the batch that the writer holds. */
    private static int roomOfOneTenant() {
        return GroupCommitWriter.MAX_WAITING_EVENTS / 2 / LARGE + 2 * BATCH / LARGE;
    }

    private static long finished(Map<Integer, ListenableFuture<RecordUsageResponse>> open) {
        return open.values().stream().filter(ListenableFuture::isDone).count();
    }

    private static ListenableFuture<RecordUsageResponse> send(int number) {
        return MeteringServiceGrpc.newFutureStub(meter.channel(RunningMeter.GLOBEX))
                .recordUsage(request("globex", "flood-" + number, LARGE));
    }

    /**
     * False if it was refused for overload; then the time is over that the answer tells to wait.
     */
    private static boolean isRecorded(ListenableFuture<RecordUsageResponse> sent)
            throws InterruptedException, InvalidProtocolBufferException {
        try {
            sent.get();
            return true;
        } catch (ExecutionException failed) {
            StatusRuntimeException refusal =
                    (StatusRuntimeException) Objects.requireNonNull(failed.getCause());
            assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(refusal.getMessage()).contains("calls: too many wait to be written");
            Thread.sleep(Durations.toMillis(retryInfo(refusal).getRetryDelay()));
            return false;
        }
    }

    private static RetryInfo retryInfo(StatusRuntimeException refusal)
            throws InvalidProtocolBufferException {
        for (Any detail :
                Objects.requireNonNull(StatusProto.fromThrowable(refusal)).getDetailsList()) {
            if (detail.is(RetryInfo.class)) {
                return detail.unpack(RetryInfo.class);
            }
        }
        throw new AssertionError("no RetryInfo in " + refusal);
    }

    @Test
    void a_client_that_does_not_read_its_answers_is_not_read_from() {
        int requests = 2_000;
        int size = 100;
        long before = recorded();
        Stream deaf = Stream.open(RunningMeter.GLOBEX);
        for (int i = 0; i < requests; i++) {
            deaf.send(i, calls("globex", "deaf-" + i, size));
        }

        AtomicLong last = new AtomicLong(-1);
        await().pollInterval(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> {
                            long now = recorded() - before;
                            return now > 0 && last.getAndSet(now) == now;
                        });
        assertThat(last.get()).isLessThan((long) requests * size / 2);

        deaf.sending.request(Integer.MAX_VALUE);
        await().atMost(Duration.ofMinutes(1)).until(() -> deaf.answered.get() == requests);
        assertThat(recorded() - before).isEqualTo((long) requests * size);
    }
}
