package dev.meterbook.platform.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meterbook.platform.PlatformContext;
import dev.meterbook.platform.eventlog.AppendOutcome.Conflict;
import dev.meterbook.platform.eventlog.AppendOutcome.Duplicate;
import dev.meterbook.platform.eventlog.AppendOutcome.Recorded;
import dev.meterbook.platform.jdbc.DatabaseException;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The writer does not look keys up that it takes for new, and what it stored is at hand. */
class GroupCommitWriterTest {

    private static final EventType NOTED = EventType.of("ledger.Noted");

    private final RecentEvents recent = new RecentEvents();
    private PlatformContext platform;
    private GroupCommitWriter writer;

    @BeforeEach
    void start() throws SQLException {
        platform = PlatformContext.fresh();
        writer = new GroupCommitWriter(platform.database(), platform.log(), recent);
    }

    @AfterEach
    void stop() {
        writer.close();
        platform.close();
    }

    private static NewEvent event(long key, String text) {
        return NewEvent.of("acme", new UUID(0, key), NOTED, text.getBytes(UTF_8));
    }

    private List<StoredEvent> all() {
        return platform.database()
                .read(transaction -> platform.log().reader().read(transaction, 0, 10_000));
    }

    /** Appends until keys are no longer looked up; the next free key. */
    private int appendUntilTrusting() {
        for (int first = 1; first <= 100_000; first += 1_000) {
            writer.submit(
                            IntStream.range(first, first + 1_000)
                                    .mapToObj(key -> event(key, "event " + key))
                                    .toList())
                    .join();
        }
        return 100_001;
    }

    private long head() {
        return platform.database().read(platform.log().reader()::head);
    }

    @Test
    void answers_what_another_writer_stored_although_it_took_it_for_new() {
        int next = appendUntilTrusting();
        List<NewEvent> elsewhere = List.of(event(next, "a"), event(next + 1, "b"));
        platform.database().write(tx -> platform.log().append(tx, elsewhere));

        List<AppendOutcome> answers =
                writer.submit(
                                List.of(
                                        event(next, "a"),
                                        event(next + 1, "other"),
                                        event(next + 2, "c"),
                                        event(1, "event 1")))
                        .join();

        assertThat(answers.get(0)).isEqualTo(new Duplicate(0, 100_001));
        assertThat(answers.get(1)).isEqualTo(new Conflict(0, 100_002));
        assertThat(answers.get(2)).isInstanceOf(Recorded.class);
        assertThat(answers.get(2).position()).isEqualTo(100_003);
        assertThat(answers.get(3)).isEqualTo(new Duplicate(0, 1));
        assertThat(head()).isEqualTo(100_003);
    }

    @Test
    void answers_what_it_stored_itself() {
        int next = appendUntilTrusting();

        List<AppendOutcome> answers =
                writer.submit(
                                List.of(
                                        event(next - 1, "event " + (next - 1)),
                                        event(next - 2, "other"),
                                        event(next, "a"),
                                        event(next, "a"),
                                        event(next, "b")))
                        .join();

        assertThat(answers.get(0)).isEqualTo(new Duplicate(0, 100_000));
        assertThat(answers.get(1)).isEqualTo(new Conflict(0, 99_999));
        assertThat(answers.get(2).position()).isEqualTo(100_001);
        assertThat(answers.get(3)).isEqualTo(new Duplicate(0, 100_001));
        assertThat(answers.get(4)).isEqualTo(new Conflict(0, 100_001));
        assertThat(head()).isEqualTo(100_001);
    }

    @Test
    void hands_on_what_it_stored_as_it_stands_in_the_log() {
        List<NewEvent> events =
                IntStream.rangeClosed(1, 40).mapToObj(key -> event(key, "event " + key)).toList();
        writer.submit(events).join();
        writer.submit(List.of(event(1, "event 1"), event(41, "few"))).join();

        assertThat(recent.read(0, 100))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(all());
        assertThat(recent.read(0, 100)).hasSize(41);
    }

    @Test
    void has_nothing_at_hand_after_the_database_refused_a_batch() {
        writer.submit(List.of(event(1, "a"))).join();
        assertThat(recent.read(0, 10)).hasSize(1);

        CompletableFuture<List<AppendOutcome>> refused =
                writer.submit(
                        List.of(
                                new NewEvent(
                                        "acme",
                                        new UUID(0, 2),
                                        NOTED,
                                        "book-1",
                                        0,
                                        new byte[0],
                                        null),
                                new NewEvent(
                                        "acme",
                                        new UUID(0, 3),
                                        NOTED,
                                        "book-1",
                                        0,
                                        new byte[0],
                                        null)));

        assertThatThrownBy(refused::join).hasCauseInstanceOf(DatabaseException.class);
        assertThat(recent.read(0, 10)).isEmpty();
        writer.submit(List.of(event(4, "b"))).join();
        assertThat(recent.read(1, 10)).hasSize(1);
    }
}
