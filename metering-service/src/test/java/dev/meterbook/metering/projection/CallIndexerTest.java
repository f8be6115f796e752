package dev.meterbook.metering.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.meterbook.embedded.Provisioner;
import dev.meterbook.platform.eventlog.EventLog;
import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.GroupCommitWriter;
import dev.meterbook.platform.eventlog.NewEvent;
import dev.meterbook.platform.eventlog.RecentEvents;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.platform.jdbc.ServiceSettings;
import dev.meterbook.testing.PostgresFixture;
import dev.meterbook.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallIndexerTest {

    private static final EventLog LOG = new EventLog("metering", Clock.systemUTC());

    private TestDatabase empty;
    private Database database;

    @BeforeEach
    void open() throws SQLException {
        empty = PostgresFixture.freshDatabase();
        try (Connection administrator = empty.connect()) {
            new Provisioner(administrator).provisionAll("test");
        }
        database =
                new Database(new ServiceSettings("metering", empty.jdbcUrl(), "test", "test", 4));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void change(String sql) throws SQLException {
        try (Connection administrator = empty.connect();
                Statement change = administrator.createStatement()) {
            change.execute(sql);
        }
    }

    @Test
    void a_block_that_could_not_be_indexed_is_indexed_without_another_call() throws SQLException {
        var _ = database.write(transaction -> LOG.append(transaction, events(1, 5_000)));
        change("alter table metering.call_index rename to call_index_elsewhere");
        try (CallIndexer indexer = new CallIndexer(database, LOG.reader(), new RecentEvents())) {
            indexer.reached(5_000);
            await().during(Duration.ofMillis(1_500)).until(() -> nextBlock() == 0);

            change("alter table metering.call_index_elsewhere rename to call_index");

            await().until(() -> nextBlock() == 1);
        }
        assertThat(positions(4_097)).hasSize(4_096);
    }

    @Test
    void a_block_that_this_process_has_just_written_is_not_read_again() throws SQLException {
        RecentEvents recent = new RecentEvents();
        try (GroupCommitWriter writer = new GroupCommitWriter(database, LOG, recent)) {
            write(writer, 1, 5_000);
            indexUpTo(1, new RecentEvents());
            write(writer, 5_001, 9_000);
        }
        change("revoke select on metering.event from meterbook_metering");

        indexUpTo(2, recent);

        change("grant select on metering.event to meterbook_metering");
        assertThat(positions(8_192))
                .containsExactlyElementsOf(
                        LongStream.iterate(8_191, position -> position - 1)
                                .limit(8_191)
                                .boxed()
                                .toList());
    }

    private void indexUpTo(long block, RecentEvents recent) {
        try (CallIndexer _ = new CallIndexer(database, LOG.reader(), recent)) {
            await().until(() -> nextBlock() == block);
        }
    }

    private long nextBlock() {
        return database.read(CallIndex::nextBlock);
    }

    /** Positions of the tenant's calls before one, as the index finds them. */
    private List<Long> positions(long before) {
        return new CallView(database, LOG.reader())
                .newest("acme", before, 10_000).stream().map(StoredEvent::position).toList();
    }

    private static void write(GroupCommitWriter writer, long from, long to) {
        for (long next = from; next <= to; next += 500) {
            writer.submit(events(next, Math.min(to, next + 499))).join();
        }
    }

    private static List<NewEvent> events(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(
                        position ->
                                NewEvent.of(
                                        "acme",
                                        new UUID(0, position),
                                        EventType.of("metering.UsageRecorded"),
                                        new byte[] {1}))
                .toList();
    }
}
