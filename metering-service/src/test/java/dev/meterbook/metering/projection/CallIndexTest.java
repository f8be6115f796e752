package dev.meterbook.metering.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.meterbook.embedded.Provisioner;
import dev.meterbook.platform.eventlog.EventLog;
import dev.meterbook.platform.eventlog.EventType;
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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Listing one tenant's calls through the sparse index. The log has 10,000 positions: every fifth is
 * small's, 5,000 alone is rare's, the rest is large's.
 */
class CallIndexTest {

    private static final EventLog LOG = new EventLog("metering", Clock.systemUTC());

    private static TestDatabase empty;
    private static Database database;
    private static CallIndexer indexer;
    private static CallView view;

    @BeforeAll
    static void fill() throws SQLException {
        empty = PostgresFixture.freshDatabase();
        try (Connection administrator = empty.connect()) {
            new Provisioner(administrator).provisionAll("test");
        }
        database =
                new Database(new ServiceSettings("metering", empty.jdbcUrl(), "test", "test", 4));
        view = new CallView(database, LOG.reader());
        append(1, 9_000);
        indexer = new CallIndexer(database, LOG.reader(), new RecentEvents());
        await().until(() -> nextBlock() == 2);
        append(9_001, 10_000);
    }

    @AfterAll
    static void close() {
        indexer.close();
        database.close();
    }

    @Test
    void indexes_full_blocks_only_with_a_row_for_each_tenant() {
        assertThat(nextBlock()).isEqualTo(2);
        long rows =
                database.read(
                        transaction -> {
                            try (var select =
                                            transaction.prepareStatement(
                                                    "select count(*) from call_index");
                                    var row = select.executeQuery()) {
                                row.next();
                                return row.getLong(1);
                            }
                        });
        assertThat(rows).isEqualTo(5); // large and small in both blocks, rare in one
    }

    @Test
    void lists_every_call_of_a_tenant_once_newest_first() {
        assertThat(all("small", 333)).containsExactlyElementsOf(expected("small"));
        assertThat(all("large", 1_000)).containsExactlyElementsOf(expected("large"));
        assertThat(all("rare", 50)).containsExactly(5_000L);
        assertThat(all("nobody", 50)).isEmpty();
    }

    @Test
    void begins_a_page_at_any_position() {
        assertThat(positions(view.newest("small", 8_192, 3)))
                .containsExactly(8_190L, 8_185L, 8_180L);
        assertThat(positions(view.newest("small", 4_097, 2))).containsExactly(4_095L, 4_090L);
        assertThat(positions(view.newest("small", 8_200, 3)))
                .containsExactly(8_195L, 8_190L, 8_185L);
        assertThat(positions(view.newest("small", 1, 3))).isEmpty();
    }

    @Test
    void is_woken_when_a_block_fills_up() {
        append(10_001, 12_288);
        indexer.reached(12_288);
        await().until(() -> nextBlock() == 3);
        assertThat(all("rare", 50)).containsExactly(5_000L);
    }

    @Test
    void is_made_anew_by_command() throws SQLException {
        OperatedCallIndex operated = new OperatedCallIndex(database, LOG.reader(), indexer);
        await().until(() -> operated.position() == operated.head());
        try (Connection superuser = empty.connect();
                Statement spoil = superuser.createStatement()) {
            spoil.execute("delete from metering.call_index where tenant_id = 'small'");
        }
        assertThat(all("small", 333)).hasSizeLessThan(2_000);

        operated.replay();

        await().until(() -> operated.position() == operated.head());
        assertThat(all("small", 333)).containsExactlyElementsOf(expected("small"));
        assertThat(operated.whyNotReplayable()).isEmpty();
        assertThat(operated.deadLetterCount()).isZero();
    }

    private static long nextBlock() {
        return database.read(CallIndex::nextBlock);
    }

    private static String tenantAt(long position) {
        if (position == 5_000) {
            return "rare";
        }
        return position % 5 == 0 ? "small" : "large";
    }

    private static void append(long from, long to) {
        List<NewEvent> events = new ArrayList<>();
        for (long position = from; position <= to; position++) {
            events.add(
                    NewEvent.of(
                            tenantAt(position),
                            new UUID(0, position),
                            EventType.of("metering.UsageRecorded"),
                            new byte[] {1}));
        }
        var _ = database.write(transaction -> LOG.append(transaction, events));
    }

    private static List<Long> all(String tenant, int pageSize) {
        List<Long> seen = new ArrayList<>();
        long before = 10_001;
        for (List<StoredEvent> page = view.newest(tenant, before, pageSize);
                !page.isEmpty();
                page = view.newest(tenant, before, pageSize)) {
            seen.addAll(positions(page));
            before = seen.getLast();
        }
        return seen;
    }

    private static List<Long> expected(String tenant) {
        List<Long> expected = new ArrayList<>();
        for (long position = 10_000; position >= 1; position--) {
            if (tenantAt(position).equals(tenant)) {
                expected.add(position);
            }
        }
        return expected;
    }

    private static List<Long> positions(List<StoredEvent> events) {
        return events.stream().map(StoredEvent::position).toList();
    }
}
