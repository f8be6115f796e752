package dev.meterbook.metering.grpc;

import static dev.meterbook.metering.grpc.SampleCalls.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meterbook.platform.security.ApiKey;
import dev.meterbook.proto.metering.v1.BatchGetCallsRequest;
import dev.meterbook.proto.metering.v1.CallRecord;
import dev.meterbook.proto.metering.v1.CallResult;
import dev.meterbook.proto.metering.v1.CallStatus;
import dev.meterbook.proto.metering.v1.GetCallRequest;
import dev.meterbook.proto.metering.v1.ListCallsRequest;
import dev.meterbook.proto.metering.v1.ListCallsResponse;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.MeteringServiceGrpc;
import dev.meterbook.proto.metering.v1.RecordUsageRequest;
import dev.meterbook.proto.metering.v1.RecordUsageResponse;
import dev.meterbook.proto.metering.v1.ServiceTier;
import dev.meterbook.testing.PostgresFixture;
import dev.meterbook.testing.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reading calls back, as the tenant and as somebody else. */
class ReadCallsTest {

    private static TestDatabase database;
    private static RunningMeter meter;

    /** Positions 1 to 60 are acme's, 61 to 80 globex's, 81 to 90 acme's. */
    @BeforeAll
    static void start() throws SQLException {
        database = PostgresFixture.freshDatabase();
        meter = RunningMeter.first(database);
        record(RunningMeter.ACME, "acme", 0, 60);
        record(RunningMeter.GLOBEX, "globex", 0, 20);
        record(RunningMeter.ACME, "acme", 60, 70);
    }

    @AfterAll
    static void stop() {
        meter.close();
    }

    @Test
    void reads_a_call_by_its_name() {
        CallRecord record = get(RunningMeter.ACME, "tenants/acme/calls/acme/7");
        assertThat(record.getName()).isEqualTo("tenants/acme/calls/acme/7");
        assertThat(record.getPosition()).isEqualTo(8);
        assertThat(record.getCall())
                .isEqualTo(
                        call("acme/7")
                                .clearUsage()
                                .setServiceTier(ServiceTier.SERVICE_TIER_STANDARD)
                                .setStatus(CallStatus.CALL_STATUS_OK)
                                .build());
        assertThat(record.getQuantitiesList())
                .extracting(quantity -> quantity.getLeaf() + "=" + quantity.getQuantity())
                .containsExactly("LEAF_INPUT=200", "LEAF_INPUT_CACHE_READ=1000", "LEAF_OUTPUT=80");
    }

    @Test
    void lets_the_operator_read_every_tenants_calls() {
        assertThat(get(RunningMeter.OPERATOR, "tenants/globex/calls/globex/0").getPosition())
                .isEqualTo(61);
    }

    @Test
    void tells_a_tenant_nothing_about_calls_of_another() {
        assertThatThrownBy(() -> get(RunningMeter.GLOBEX, "tenants/acme/calls/acme/7"))
                .hasMessageStartingWith("PERMISSION_DENIED");
        assertThatThrownBy(() -> get(RunningMeter.GLOBEX, "tenants/globex/calls/acme/7"))
                .hasMessage("NOT_FOUND: tenants/globex/calls/acme/7: not found");
        assertThatThrownBy(() -> list(RunningMeter.GLOBEX, "tenants/acme", 0, ""))
                .hasMessageStartingWith("PERMISSION_DENIED");
        assertThat(positions(batchGet(RunningMeter.GLOBEX, "tenants/globex", 1L, 8L, 61L, 9_999L)))
                .containsExactly(61L);
        assertThatThrownBy(() -> batchGet(RunningMeter.GLOBEX, "tenants/acme", 1L))
                .hasMessageStartingWith("PERMISSION_DENIED");
    }

    @Test
    void hides_foreign_rows_from_the_readers_role_whatever_the_query_says() throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("set role meterbook_metering_reader");
            try (var rows = statement.executeQuery("select count(*) from metering.event")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getLong(1)).isZero();
            }
            statement.execute("set meterbook.tenant = 'globex'");
            try (var rows = statement.executeQuery("select count(*) from metering.event")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getLong(1)).isEqualTo(20);
            }
        }
    }

    @Test
    void gives_nobody_at_run_time_the_right_to_change_or_delete_calls() throws SQLException {
        for (String sql :
                List.of(
                        "update metering.event set tenant_id = 'globex'",
                        "delete from metering.event",
                        "truncate metering.event",
                        "delete from metering.call_index",
                        "update metering.call_index set offsets = '{}'")) {
            try (var connection = database.connectAs("meterbook_metering", "test");
                    var statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute(sql)).hasMessageContaining("denied");
            }
        }
    }

    @Test
    void reads_calls_by_position_in_ascending_order() {
        assertThat(positions(batchGet(RunningMeter.ACME, "tenants/acme", 85L, 3L, 3L, 61L)))
                .containsExactly(3L, 85L);
    }

    @Test
    void lists_calls_newest_first_page_by_page() {
        List<Long> seen = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        String token = "";
        do {
            ListCallsResponse page = list(RunningMeter.ACME, "tenants/acme", 30, token);
            seen.addAll(positions(page.getCallsList()));
            sizes.add(page.getCallsCount());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        List<Long> expected = new ArrayList<>();
        for (long position = 90; position >= 81; position--) {
            expected.add(position);
        }
        for (long position = 60; position >= 1; position--) {
            expected.add(position);
        }
        assertThat(seen).containsExactlyElementsOf(expected);
        assertThat(sizes).containsExactly(30, 30, 10);
    }

    @Test
    void lists_fifty_calls_if_not_told_how_many_and_a_thousand_at_most() {
        assertThat(list(RunningMeter.ACME, "tenants/acme", 0, "").getCallsCount()).isEqualTo(50);
        assertThat(list(RunningMeter.ACME, "tenants/acme", 5_000, "").getCallsCount())
                .isEqualTo(70);
    }

    @Test
    void refuses_requests_that_make_no_sense() {
        assertThatThrownBy(() -> list(RunningMeter.ACME, "tenants/acme", -1, ""))
                .hasMessage("INVALID_ARGUMENT: page_size: -1 (expected: 0 to 1000)");
        assertThatThrownBy(() -> list(RunningMeter.ACME, "tenants/acme", 1, "no token"))
                .hasMessage(
                        "INVALID_ARGUMENT: page_token: no token (expected: next_page_token of the"
                                + " answer before)");
        assertThatThrownBy(() -> list(RunningMeter.ACME, "acme", 1, ""))
                .hasMessage("INVALID_ARGUMENT: parent: acme (expected: tenants/{tenant})");
        assertThatThrownBy(() -> get(RunningMeter.ACME, "tenants/acme/calls/"))
                .hasMessage(
                        "INVALID_ARGUMENT: name: tenants/acme/calls/ (expected:"
                                + " tenants/{tenant}/calls/{id})");
        assertThatThrownBy(() -> batchGet(RunningMeter.ACME, "tenants/acme"))
                .hasMessage(
                        "INVALID_ARGUMENT: positions: 0 positions (expected: 1 to 1000 positions)");
    }

    @Test
    void keeps_everything_over_a_restart() {
        CallRecord before = get(RunningMeter.ACME, "tenants/acme/calls/acme/7");
        meter.close();
        meter = RunningMeter.again(database);
        assertThat(get(RunningMeter.ACME, "tenants/acme/calls/acme/7")).isEqualTo(before);
        RecordUsageResponse answer =
                MeteringServiceGrpc.newBlockingStub(meter.channel(RunningMeter.ACME))
                        .recordUsage(
                                RecordUsageRequest.newBuilder().addCalls(call("acme/7")).build());
        assertThat(answer.getResults(0).getReceipt().getPosition()).isEqualTo(8);
    }

    private static void record(ApiKey key, String tenant, int from, int to) {
        List<MeteredCall> calls =
                IntStream.range(from, to)
                        .mapToObj(i -> call(tenant + "/" + i).setTenant(tenant).build())
                        .toList();
        List<CallResult> results =
                MeteringServiceGrpc.newBlockingStub(meter.channel(key))
                        .recordUsage(RecordUsageRequest.newBuilder().addAllCalls(calls).build())
                        .getResultsList();
        assertThat(results).extracting(CallResult::getOutcomeValue).containsOnly(1);
    }

    private static CallRecord get(ApiKey key, String name) {
        return MeteringServiceGrpc.newBlockingStub(meter.channel(key))
                .getCall(GetCallRequest.newBuilder().setName(name).build());
    }

    private static List<CallRecord> batchGet(ApiKey key, String parent, Long... positions) {
        return MeteringServiceGrpc.newBlockingStub(meter.channel(key))
                .batchGetCalls(
                        BatchGetCallsRequest.newBuilder()
                                .setParent(parent)
                                .addAllPositions(List.of(positions))
                                .build())
                .getCallsList();
    }

    private static ListCallsResponse list(ApiKey key, String parent, int size, String token) {
        return MeteringServiceGrpc.newBlockingStub(meter.channel(key))
                .listCalls(
                        ListCallsRequest.newBuilder()
                                .setParent(parent)
                                .setPageSize(size)
                                .setPageToken(token)
                                .build());
    }

    private static List<Long> positions(List<CallRecord> calls) {
        return calls.stream().map(CallRecord::getPosition).toList();
    }
}
