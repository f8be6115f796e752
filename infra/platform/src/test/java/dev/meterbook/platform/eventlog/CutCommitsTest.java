package dev.meterbook.platform.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.embedded.CommitCutter;
import dev.meterbook.embedded.CommitCutter.Cut;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.platform.jdbc.ServiceSettings;
import dev.meterbook.testing.PostgresFixture;
import dev.meterbook.testing.TestDatabase;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The writer behind connections that break at COMMIT, so that it cannot know what was stored. */
class CutCommitsTest {

    private static final EventType NOTED = EventType.of("ledger.Noted");
    private static final int EVENTS = 120;
    private static final int AT_A_TIME = 4;

    private CommitCutter door;
    private Database database;
    private EventLog log;

    @BeforeEach
    void open() throws SQLException {
        TestDatabase server = PostgresFixture.freshDatabase().provisioned();
        URI address = URI.create(server.jdbcUrl().substring("jdbc:".length()));
        door = CommitCutter.inFrontOf(address.getPort());
        String url = "jdbc:postgresql://127.0.0.1:" + door.port() + address.getPath();
        database =
                new Database(
                        new ServiceSettings(
                                "ledger",
                                url,
                                TestDatabase.SERVICE_PASSWORD,
                                TestDatabase.SERVICE_PASSWORD,
                                4));
        log = new EventLog("ledger", Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
        door.close();
    }

    @Test
    void stores_once_what_the_server_never_heard_the_commit_of() {
        assertThatEachIsStoredOnce(Cut.BEFORE_THE_SERVER_HEARS);
    }

    @Test
    void stores_once_what_was_committed_without_an_answer() {
        assertThatEachIsStoredOnce(Cut.BEFORE_THE_CLIENT_HEARS);
    }

    /** One of four commits is cut; the app sends again what was not acknowledged. */
    private void assertThatEachIsStoredOnce(Cut cut) {
        AtomicInteger commits = new AtomicInteger();
        door.cut(commit -> commit.changes() && commits.incrementAndGet() % 4 == 0 ? cut : Cut.NONE);
        List<AppendOutcome> acknowledged = new ArrayList<>();
        try (GroupCommitWriter writer = new GroupCommitWriter(database, log, new RecentEvents())) {
            for (int next = 0; next < EVENTS; next += AT_A_TIME) {
                acknowledged.addAll(untilAcknowledged(writer, events(next)));
            }
        }
        door.cutNothing();

        assertThat(commits.get()).isGreaterThan(EVENTS / AT_A_TIME);
        assertThat(acknowledged)
                .extracting(AppendOutcome::position)
                .doesNotHaveDuplicates()
                .hasSize(EVENTS)
                .contains(1L, (long) EVENTS);
        List<StoredEvent> stored = database.read(each -> log.reader().read(each, 0, 10 * EVENTS));
        assertThat(stored).hasSize(EVENTS);
        for (int i = 0; i < EVENTS; i++) {
            StoredEvent event = stored.get(i);
            assertThat(event.position()).isEqualTo(i + 1);
            assertThat(acknowledged.get((int) event.key().getLeastSignificantBits()).position())
                    .isEqualTo(event.position());
        }
    }

    private static List<NewEvent> events(int from) {
        List<NewEvent> events = new ArrayList<>();
        for (int i = from; i < from + AT_A_TIME; i++) {
            events.add(NewEvent.of("acme", new UUID(0, i), NOTED, new byte[] {(byte) i}));
        }
        return events;
    }

    private static List<AppendOutcome> untilAcknowledged(
            GroupCommitWriter writer, List<NewEvent> events) {
        while (true) {
            CompletableFuture<List<AppendOutcome>> answer = writer.submit(events);
            try {
                return answer.join();
            } catch (CompletionException cut) {
                assertThat(cut).hasCauseInstanceOf(RuntimeException.class);
            }
        }
    }
}
