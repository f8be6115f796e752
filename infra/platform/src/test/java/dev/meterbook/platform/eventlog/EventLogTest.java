package dev.meterbook.platform.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meterbook.platform.PlatformContext;
import dev.meterbook.platform.eventlog.AppendOutcome.Conflict;
import dev.meterbook.platform.eventlog.AppendOutcome.Duplicate;
import dev.meterbook.platform.eventlog.AppendOutcome.Recorded;
import dev.meterbook.platform.jdbc.DatabaseException;
import dev.meterbook.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventLogTest {

    private static final EventType NOTED = EventType.of("ledger.Noted");

    private PlatformContext platform;

    @BeforeEach
    void start() throws SQLException {
        platform = PlatformContext.fresh();
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    private static NewEvent event(String tenant, long key, String text) {
        return NewEvent.of(tenant, new UUID(0, key), NOTED, text.getBytes(UTF_8));
    }

    private List<AppendOutcome> append(NewEvent... events) {
        return platform.database()
                .write(transaction -> platform.log().append(transaction, List.of(events)));
    }

    private List<StoredEvent> all() {
        return platform.database()
                .read(transaction -> platform.log().reader().read(transaction, 0, 10_000));
    }

    @Test
    void answers_new_events_duplicates_and_conflicts_one_by_one() {
        append(event("acme", 1, "a"));

        List<AppendOutcome> outcomes =
                append(
                        event("acme", 1, "a"),
                        event("acme", 1, "other"),
                        event("acme", 2, "b"),
                        event("acme", 2, "b"),
                        event("acme", 2, "c"),
                        event("beta", 1, "x"));

        assertThat(outcomes.get(0)).isEqualTo(new Duplicate(0, 1));
        assertThat(outcomes.get(1)).isEqualTo(new Conflict(0, 1));
        assertThat(outcomes.get(2)).isInstanceOf(Recorded.class);
        assertThat(outcomes.get(2).position()).isEqualTo(2);
        assertThat(outcomes.get(3)).isEqualTo(new Duplicate(0, 2));
        assertThat(outcomes.get(4)).isEqualTo(new Conflict(0, 2));
        assertThat(outcomes.get(5).position()).isEqualTo(3);
        assertThat(all())
                .extracting(each -> new String(each.payload(), UTF_8))
                .containsExactly("a", "b", "x");
    }

    @Test
    void stores_few_events_as_it_stores_many() {
        List<NewEvent> events =
                List.of(
                        new NewEvent("", new UUID(0, 1), NOTED, "book-1", 0, bytes("a"), null),
                        new NewEvent("acme", new UUID(0, 2), NOTED, null, -1, bytes(""), bytes("")),
                        new NewEvent("beta", new UUID(0, 3), NOTED, null, -1, bytes("c"), null));
        append(events.toArray(NewEvent[]::new));

        List<StoredEvent> few = all();
        assertThat(few).extracting(StoredEvent::position).containsExactly(1L, 2L, 3L);
        assertThat(few).extracting(StoredEvent::tenantId).containsExactly("", "acme", "beta");
        assertThat(few).extracting(StoredEvent::aggregateId).containsExactly("book-1", null, null);
        assertThat(few).extracting(StoredEvent::sequence).containsExactly(0L, -1L, -1L);
        assertThat(few)
                .extracting(event -> new String(event.payload(), UTF_8))
                .containsExactly("a", "", "c");
        assertThat(few).extracting(StoredEvent::metadata).containsExactly(null, new byte[0], null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void appends_to_the_end_that_a_transaction_holds() {
        append(event("acme", 1, "a"));

        List<Recorded> recorded = appendFresh(event("acme", 2, "b"), event("acme", 3, "c"));

        assertThat(recorded).extracting(Recorded::position).containsExactly(2L, 3L);
        assertThat(all()).extracting(StoredEvent::position).containsExactly(1L, 2L, 3L);
    }

    @Test
    void refuses_an_event_that_is_not_as_fresh_as_its_sender_thinks() {
        append(event("acme", 1, "a"));

        assertThatThrownBy(() -> appendFresh(event("acme", 2, "b"), event("acme", 1, "a")))
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        refused -> assertThat(refused.sqlState()).isEqualTo("23505"));
        assertThat(all()).extracting(StoredEvent::position).containsExactly(1L);
    }

    private List<Recorded> appendFresh(NewEvent... events) {
        return platform.database()
                .write(
                        transaction -> {
                            LogHead head = platform.log().lock(transaction);
                            return platform.log().appendFresh(transaction, head, List.of(events));
                        });
    }

    @Test
    void leaves_no_hole_when_a_transaction_is_rolled_back() {
        append(event("acme", 1, "a"));
        assertThatThrownBy(
                        () ->
                                platform.database()
                                        .write(
                                                transaction -> {
                                                    platform.log()
                                                            .append(
                                                                    transaction,
                                                                    List.of(event("acme", 2, "b")));
                                                    throw new SQLException("on purpose");
                                                }))
                .isInstanceOf(DatabaseException.class);
        append(event("acme", 3, "c"));

        assertThat(all()).extracting(StoredEvent::position).containsExactly(1L, 2L);
    }

    @Test
    void forgets_the_number_of_a_type_whose_registration_was_rolled_back() {
        EventType first = EventType.of("ledger.First");
        EventType second = EventType.of("ledger.Second");
        List<NewEvent> events =
                List.of(
                        NewEvent.of("acme", new UUID(0, 1), first, new byte[0]),
                        NewEvent.of("acme", new UUID(0, 2), second, new byte[0]));
        assertThatThrownBy(
                        () ->
                                platform.database()
                                        .write(
                                                transaction -> {
                                                    platform.log().append(transaction, events);
                                                    throw new SQLException("on purpose");
                                                }))
                .isInstanceOf(DatabaseException.class);

        platform.database().write(transaction -> platform.log().append(transaction, events));

        assertThat(all()).extracting(StoredEvent::type).containsExactly(first, second);
    }

    @Test
    void keeps_positions_dense_and_in_commit_order_under_concurrent_writers() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> running = new ArrayList<>();
            for (int writer = 0; writer < 8; writer++) {
                long first = writer * 1_000L;
                running.add(threads.submit(() -> appendOneByOne(first, 50)));
            }
            for (Future<?> each : running) {
                each.get();
            }
        }

        assertThat(all())
                .extracting(StoredEvent::position)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 400).boxed().toList());
    }

    private void appendOneByOne(long firstKey, int count) {
        for (long key = firstKey; key < firstKey + count; key++) {
            append(event("acme", key, "event " + key));
        }
    }

    @Test
    void stores_each_event_once_when_many_send_the_same() throws Exception {
        try (GroupCommitWriter writer =
                new GroupCommitWriter(platform.database(), platform.log(), new RecentEvents())) {
            List<CompletableFuture<List<AppendOutcome>>> answers = new ArrayList<>();
            for (int sender = 0; sender < 20; sender++) {
                List<NewEvent> same = new ArrayList<>();
                for (int key = 0; key < 100; key++) {
                    same.add(event("acme", key, "event " + key));
                }
                answers.add(writer.submit(same));
            }
            long recorded = 0;
            for (CompletableFuture<List<AppendOutcome>> answer : answers) {
                recorded += answer.get().stream().filter(Recorded.class::isInstance).count();
            }
            assertThat(recorded).isEqualTo(100);
        }
        assertThat(all()).hasSize(100);
    }

    /**
     * The literal comes from Python's hashlib over the bytes that the Javadoc of ChainHash
     * describes.
     */
    @Test
    void chains_batches_by_the_documented_hash() {
        EventLog log = new EventLog("ledger", Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        List<AppendOutcome> first =
                platform.database().write(each -> log.append(each, List.of(event("acme", 1, "a"))));

        Recorded recorded = (Recorded) first.getFirst();
        assertThat(HexFormat.of().formatHex(recorded.chainHash()))
                .isEqualTo("baaded140240d76509411082a444154f2dbb2fa54614eb70843832f4011f401c");
    }

    @Test
    void refuses_change_and_removal_of_events_to_the_run_time_role() throws SQLException {
        append(event("acme", 1, "a"));

        for (String forbidden :
                List.of(
                        "update ledger.event set payload = ''",
                        "delete from ledger.event",
                        "truncate ledger.event",
                        "update ledger.event_batch set chain_hash = ''",
                        "delete from ledger.event_batch",
                        "delete from ledger.shard_head")) {
            try (Connection connection = asRole("meterbook_ledger");
                    Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute(forbidden))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("permission denied");
            }
        }
    }

    @Test
    void lets_other_services_read_the_log_and_nothing_else() throws SQLException {
        append(event("acme", 1, "a"));

        try (Connection gateway = asRole("meterbook_gateway");
                Statement statement = gateway.createStatement()) {
            assertThat(new EventReader("ledger").read(gateway, 0, 10)).hasSize(1);
            assertThatThrownBy(() -> statement.execute("select * from ledger.token_entry"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(
                            () ->
                                    statement.execute(
                                            "insert into ledger.event_type (name, revision) values ('x', 1)"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void hides_events_of_other_tenants_from_a_tenants_read() {
        append(event("acme", 1, "a"), event("beta", 2, "b"), event("acme", 3, "c"));

        List<StoredEvent> seen =
                platform.database()
                        .readAsTenant(
                                "acme",
                                transaction -> platform.log().reader().read(transaction, 0, 10));

        assertThat(seen).extracting(StoredEvent::tenantId).containsExactly("acme", "acme");
    }

    private Connection asRole(String role) throws SQLException {
        return platform.server().connectAs(role, TestDatabase.SERVICE_PASSWORD);
    }

    private static String longText() {
        return "0123456789abcdef".repeat(1_000);
    }

    private long storedBytes(long position) throws SQLException {
        try (Connection connection = platform.server().connect();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select length(payload) from ledger.event where position = "
                                        + position)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void stores_long_payloads_compressed_and_gives_them_back_as_they_were() throws SQLException {
        append(event("acme", 1, longText()), event("acme", 2, "short"));

        assertThat(storedBytes(1)).isBetween(20L, 500L);
        assertThat(storedBytes(2)).isEqualTo(5);
        assertThat(new String(all().getFirst().payload(), UTF_8)).isEqualTo(longText());
        assertThat(all().getFirst().type()).isEqualTo(all().get(1).type());
    }

    @Test
    void compares_long_payloads_as_they_were() {
        append(event("acme", 1, longText()));

        assertThat(append(event("acme", 1, longText()))).containsExactly(new Duplicate(0, 1));
        assertThat(append(event("acme", 1, longText() + "!"))).containsExactly(new Conflict(0, 1));
    }

    @Test
    void stores_what_cannot_be_compressed_as_it_is() throws SQLException {
        byte[] noise = new byte[10_000];
        new SplittableRandom(1).nextBytes(noise);
        platform.database()
                .write(
                        transaction ->
                                platform.log()
                                        .append(
                                                transaction,
                                                List.of(
                                                        NewEvent.of(
                                                                "acme",
                                                                new UUID(0, 1),
                                                                NOTED,
                                                                noise))));

        assertThat(storedBytes(1)).isEqualTo(10_000);
        assertThat(all().getFirst().payload()).isEqualTo(noise);
    }

    @Test
    void refuses_a_compressed_payload_that_was_changed() throws SQLException {
        append(event("acme", 1, longText()));
        try (Connection connection = platform.server().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("update ledger.event set payload = '\\x0102'::bytea");
        }

        assertThatThrownBy(this::all).hasMessageContaining("it was changed");
    }
}
