package dev.meterbook.metering.grpc;

import static dev.meterbook.metering.grpc.SampleCalls.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.meterbook.kernel.CallKey;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.platform.security.ApiKey;
import dev.meterbook.proto.metering.v1.CallResult;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.MeteringServiceGrpc;
import dev.meterbook.proto.metering.v1.Outcome;
import dev.meterbook.proto.metering.v1.RecordUsageRequest;
import dev.meterbook.testing.PostgresFixture;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Recording over real gRPC into a real log. */
class RecordUsageTest {

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
    void answers_each_of_a_thousand_calls_by_itself() {
        String run = UUID.randomUUID().toString();
        record(RunningMeter.ACME, calls(run, 0, 100));
        List<MeteredCall> batch = new ArrayList<>();
        batch.addAll(calls(run, 100, 800)); // new
        batch.addAll(calls(run, 0, 50)); // stored before
        changed(run, 50, 100).forEach(batch::add); // stored before with other content
        batch.addAll(calls(run, 100, 150)); // twice in the batch
        changed(run, 150, 200).forEach(batch::add); // twice in the batch with other content
        calls(run, 800, 900).forEach(call -> batch.add(call.toBuilder().clearUsage().build()));
        long before = head();

        List<CallResult> results = record(RunningMeter.ACME, batch);

        assertThat(outcomes(results, 0, 700)).containsOnly(Outcome.OUTCOME_RECORDED);
        assertThat(outcomes(results, 700, 750)).containsOnly(Outcome.OUTCOME_DUPLICATE);
        assertThat(outcomes(results, 750, 800)).containsOnly(Outcome.OUTCOME_CONFLICT);
        assertThat(outcomes(results, 800, 850)).containsOnly(Outcome.OUTCOME_DUPLICATE);
        assertThat(outcomes(results, 850, 900)).containsOnly(Outcome.OUTCOME_CONFLICT);
        assertThat(outcomes(results, 900, 1_000)).containsOnly(Outcome.OUTCOME_REJECTED);
        assertThat(head()).isEqualTo(before + 700);
        assertThat(results.stream().map(CallResult::getId))
                .containsExactlyElementsOf(batch.stream().map(MeteredCall::getId).toList());
        assertThat(
                        results.subList(0, 700).stream()
                                .map(result -> result.getReceipt().getPosition()))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(before + 1, before + 700).boxed().toList());
        assertThat(results.get(0).getReceipt().getChainHash().size()).isEqualTo(32);
        assertThat(results.get(800).getReceipt().getPosition()).isEqualTo(before + 1);
        assertThat(results.get(750).getRejection().getReason()).isEqualTo("CALL_CONFLICT");
        assertThat(results.get(900).getRejection().getMessage())
                .isEqualTo("usage: missing (expected: provider_usage, tokens or quantities)");
    }

    @Test
    void changes_nothing_when_the_same_calls_come_again() {
        List<MeteredCall> calls = calls(UUID.randomUUID().toString(), 0, 1_000);
        List<CallResult> first = record(RunningMeter.ACME, calls);
        long head = head();
        List<CallResult> again = record(RunningMeter.ACME, calls);
        assertThat(outcomes(again, 0, 1_000)).containsOnly(Outcome.OUTCOME_DUPLICATE);
        assertThat(head()).isEqualTo(head);
        assertThat(again.stream().map(result -> result.getReceipt().getPosition()))
                .containsExactlyElementsOf(
                        first.stream().map(result -> result.getReceipt().getPosition()).toList());
    }

    @Test
    void refuses_1001_calls_and_none_as_a_whole() {
        long before = head();
        assertRefused(
                () -> record(RunningMeter.ACME, calls("too-many", 0, 1_001)),
                "INVALID_ARGUMENT: calls: 1001 calls (expected: 1 to 1000 calls)",
                "BATCH_TOO_LARGE");
        assertRefused(
                () -> record(RunningMeter.ACME, List.of()),
                "INVALID_ARGUMENT: calls: 0 calls (expected: 1 to 1000 calls)",
                "NO_CALLS");
        assertThat(head()).isEqualTo(before);
    }

    @Test
    void stores_each_call_once_when_many_clients_send_the_same() throws Exception {
        List<MeteredCall> calls = calls(UUID.randomUUID().toString(), 0, 500);
        long before = head();
        List<Callable<List<CallResult>>> clients = new ArrayList<>();
        for (int seed = 0; seed < 8; seed++) {
            List<MeteredCall> shuffled = new ArrayList<>(calls);
            Collections.shuffle(shuffled, new Random(seed));
            clients.add(() -> record(RunningMeter.ACME, shuffled));
        }
        List<CallResult> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<List<CallResult>> answers : threads.invokeAll(clients)) {
                results.addAll(answers.get());
            }
        }
        assertThat(count(results, Outcome.OUTCOME_RECORDED)).isEqualTo(500);
        assertThat(count(results, Outcome.OUTCOME_DUPLICATE)).isEqualTo(3_500);
        assertThat(head()).isEqualTo(before + 500);
        assertThat(after(before).stream().map(StoredEvent::position))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(before + 1, before + 500).boxed().toList());
        assertThat(after(before).stream().map(StoredEvent::key))
                .containsExactlyInAnyOrderElementsOf(
                        calls.stream().map(call -> CallKey.of(call.getId())).toList());
    }

    @Test
    void keeps_calls_of_the_same_id_apart_by_tenant() {
        String id = UUID.randomUUID().toString();
        assertThat(record(RunningMeter.ACME, List.of(call(id).clearTenant().build())))
                .extracting(CallResult::getOutcome)
                .containsExactly(Outcome.OUTCOME_RECORDED);
        assertThat(record(RunningMeter.GLOBEX, List.of(call(id).clearTenant().build())))
                .extracting(CallResult::getOutcome)
                .containsExactly(Outcome.OUTCOME_RECORDED);
    }

    @Test
    void lets_the_operator_record_for_every_tenant_and_a_tenant_for_itself_only() {
        String id = UUID.randomUUID().toString();
        List<MeteredCall> both = List.of(call(id).build(), call(id).setTenant("globex").build());
        assertThat(record(RunningMeter.OPERATOR, both))
                .extracting(CallResult::getOutcome)
                .containsExactly(Outcome.OUTCOME_RECORDED, Outcome.OUTCOME_RECORDED);
        assertThat(record(RunningMeter.ACME, both))
                .extracting(result -> result.getOutcome() + result.getRejection().getReason())
                .containsExactly("OUTCOME_DUPLICATE", "OUTCOME_REJECTEDTENANT_MISMATCH");
    }

    @Test
    void takes_calls_of_a_tenant_the_moment_it_is_registered() {
        for (int i = 0; i < 20; i++) {
            String tenant = "new-" + i;
            List<MeteredCall> call = List.of(call("first").setTenant(tenant).build());
            assertThat(record(RunningMeter.OPERATOR, call))
                    .extracting(result -> result.getRejection().getReason())
                    .containsExactly("UNKNOWN_TENANT");
            meter.register(tenant);
            assertThat(record(RunningMeter.OPERATOR, call))
                    .extracting(CallResult::getOutcome)
                    .containsExactly(Outcome.OUTCOME_RECORDED);
        }
    }

    @Test
    void refuses_calls_of_a_suspended_tenant_until_it_is_resumed() {
        meter.register("initech");
        List<MeteredCall> first = List.of(call("1").setTenant("initech").build());
        List<MeteredCall> second = List.of(call("2").setTenant("initech").build());
        assertOutcome(first, Outcome.OUTCOME_RECORDED);
        meter.suspend("initech");
        await().untilAsserted(() -> assertOutcome(first, Outcome.OUTCOME_REJECTED));
        assertThat(record(RunningMeter.OPERATOR, second))
                .extracting(result -> result.getRejection().getReason())
                .containsExactly("TENANT_SUSPENDED");
        meter.resume("initech");
        await().untilAsserted(() -> assertOutcome(first, Outcome.OUTCOME_DUPLICATE));
        assertOutcome(second, Outcome.OUTCOME_RECORDED);
    }

    @Test
    void refuses_callers_without_a_valid_key() {
        List<MeteredCall> call = List.of(call("unseen").build());
        String expected =
                "UNAUTHENTICATED: authorization: not valid (expected: Bearer and an API key)";
        assertRefused(() -> record(meter.channel(), call), expected, "CREDENTIAL_INVALID");
        assertRefused(
                () -> record(new ApiKey("acme", "wrongsecret00000"), call),
                expected,
                "CREDENTIAL_INVALID");
        assertRefused(
                () -> record(new ApiKey("nobody", "wrongsecret00000"), call),
                expected,
                "CREDENTIAL_INVALID");
    }

    @Test
    void refuses_a_key_that_may_only_read() {
        assertRefused(
                () -> record(RunningMeter.READER, List.of(call("unseen").build())),
                "PERMISSION_DENIED: credential: without scope INGEST",
                "SCOPE_MISSING");
    }

    private static void assertOutcome(List<MeteredCall> call, Outcome outcome) {
        assertThat(record(RunningMeter.OPERATOR, call))
                .extracting(CallResult::getOutcome)
                .containsExactly(outcome);
    }

    private static void assertRefused(ThrowingCallable request, String message, String reason) {
        assertThatThrownBy(request)
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessage(message)
                .satisfies(refused -> assertThat(reason(refused)).isEqualTo(reason));
    }

    private static String reason(Throwable refused) throws InvalidProtocolBufferException {
        com.google.rpc.Status status = StatusProto.fromThrowable(refused);
        return Objects.requireNonNull(status).getDetails(0).unpack(ErrorInfo.class).getReason();
    }

    private static List<MeteredCall> calls(String run, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> call(run + "-" + i).putLabels("n", "" + i).build())
                .toList();
    }

    private static List<MeteredCall> changed(String run, int from, int to) {
        return calls(run, from, to).stream()
                .map(call -> call.toBuilder().setUser("someone-else").build())
                .toList();
    }

    private static List<CallResult> record(ApiKey key, List<MeteredCall> calls) {
        return record(meter.channel(key), calls);
    }

    private static List<CallResult> record(Channel channel, List<MeteredCall> calls) {
        return MeteringServiceGrpc.newBlockingStub(channel)
                .recordUsage(RecordUsageRequest.newBuilder().addAllCalls(calls).build())
                .getResultsList();
    }

    private static List<Outcome> outcomes(List<CallResult> results, int from, int to) {
        return results.subList(from, to).stream().map(CallResult::getOutcome).toList();
    }

    private static long count(List<CallResult> results, Outcome outcome) {
        return results.stream().filter(result -> result.getOutcome() == outcome).count();
    }

    private static long head() {
        return meter.database().read(meter.log().reader()::head);
    }

    private static List<StoredEvent> after(long position) {
        return meter.database().read(tx -> meter.log().reader().read(tx, position, 10_000));
    }
}
