package dev.meterbook.platform.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.meterbook.platform.PlatformContext;
import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.NewEvent;
import dev.meterbook.platform.eventlog.StoredEvent;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogConsumerTest {

    private static final EventType NOTED = EventType.of("ledger.Noted");
    private static final EventType OTHER = EventType.of("ledger.Other");

    private PlatformContext platform;

    @BeforeEach
    void start() throws SQLException {
        platform = PlatformContext.fresh("notes", "texts");
        try (Connection superuser = platform.server().connect();
                Statement statement = superuser.createStatement()) {
            statement.execute("create table ledger.seen (position bigint, batch int)");
            statement.execute("grant all on ledger.seen to meterbook_ledger");
        }
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    /** Writes down every position; fails where it is told to. */
    @Singleton
    @Requires(property = "test.notes")
    static final class Notes implements LogConsumer {
        static final AtomicInteger FAILURES = new AtomicInteger();
        static final AtomicBoolean POISON = new AtomicBoolean();
        private final AtomicInteger batches = new AtomicInteger();

        @Override
        public String name() {
            return "ledger-notes";
        }

        @Override
        public String service() {
            return "ledger";
        }

        @Override
        public String log() {
            return "ledger";
        }

        @Override
        public Set<String> eventNames() {
            return Set.of(NOTED.name());
        }

        @Override
        public int batchSize() {
            return 100;
        }

        private static boolean isPoison(StoredEvent event) {
            return POISON.get() && new String(event.payload(), UTF_8).endsWith("3");
        }

        @Override
        public boolean isReplayable() {
            return true;
        }

        @Override
        public void reset(Connection transaction) throws SQLException {
            try (Statement delete = transaction.createStatement()) {
                delete.execute("delete from seen");
            }
        }

        @Override
        public void handle(Connection transaction, List<StoredEvent> batch) throws SQLException {
            if (batch.stream().anyMatch(event -> isPoison(event))) {
                throw new IllegalArgumentException("cannot be read");
            }
            int number = batches.incrementAndGet();
            try (PreparedStatement insert =
                    transaction.prepareStatement("insert into seen values (?, ?)")) {
                for (StoredEvent event : batch) {
                    insert.setLong(1, event.position());
                    insert.setInt(2, number);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            if (FAILURES.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new SQLException("on purpose");
            }
        }
    }

    /** Keeps every text in memory. */
    @Singleton
    @Requires(property = "test.texts")
    static final class Texts implements LogFollower {
        final List<String> texts = new CopyOnWriteArrayList<>();

        @Override
        public String log() {
            return "ledger";
        }

        @Override
        public String service() {
            return "ledger";
        }

        @Override
        public Set<String> eventNames() {
            return Set.of(NOTED.name());
        }

        @Override
        public void apply(StoredEvent event) {
            texts.add(new String(event.payload(), UTF_8));
        }
    }

    private void append(EventType type, int from, int count) {
        List<NewEvent> events = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            events.add(NewEvent.of("acme", new UUID(1, i), type, ("text " + i).getBytes(UTF_8)));
        }
        platform.database().write(each -> platform.log().append(each, events));
    }

    private List<Long> seen() {
        return platform.database()
                .read(
                        transaction -> {
                            List<Long> positions = new ArrayList<>();
                            try (Statement select = transaction.createStatement();
                                    ResultSet rows =
                                            select.executeQuery(
                                                    "select position from seen order by position")) {
                                while (rows.next()) {
                                    positions.add(rows.getLong(1));
                                }
                            }
                            return positions;
                        });
    }

    @Test
    void sees_each_event_once_across_failure_and_restart() {
        Notes.FAILURES.set(1);
        append(NOTED, 0, 250);
        append(OTHER, 1_000, 3);
        await().untilAsserted(() -> assertThat(seen()).hasSize(250).doesNotHaveDuplicates());

        platform.restart();
        append(NOTED, 250, 50);

        await().untilAsserted(() -> assertThat(seen()).hasSize(300).doesNotHaveDuplicates());
        assertThat(seen().getLast()).isEqualTo(303L);
    }

    private RunningConsumer notes() {
        return platform.context().getBean(LogConsumers.class).find("ledger-notes").orElseThrow();
    }

    @Test
    void sets_aside_what_cannot_be_taken_and_goes_on() {
        Notes.POISON.set(true);
        append(NOTED, 0, 100);
        await().untilAsserted(() -> assertThat(seen()).hasSize(90).doesNotHaveDuplicates());

        assertThat(notes().deadLetterCount()).isEqualTo(10);
        DeadLetter first = notes().deadLetters("acme", 0, 100).getFirst();
        assertThat(first.part().position()).isEqualTo(4);
        assertThat(first.reason()).isEqualTo("IllegalArgumentException: cannot be read");
        assertThat(notes().retryDeadLetters("-")).isZero();
        assertThat(notes().deadLetters("-", 0, 1).getFirst().attempts()).isEqualTo(2);

        Notes.POISON.set(false);
        assertThat(notes().retryDeadLetters("other")).isZero();
        assertThat(notes().retryDeadLetters("acme")).isEqualTo(10);
        assertThat(seen()).hasSize(100).doesNotHaveDuplicates();
        assertThat(notes().deadLetterCount()).isZero();
    }

    @Test
    void makes_its_output_anew_from_the_beginning() {
        append(NOTED, 0, 250);
        await().untilAsserted(() -> assertThat(seen()).hasSize(250));

        notes().replay();
        append(NOTED, 250, 10);

        await().untilAsserted(() -> assertThat(seen()).hasSize(260).doesNotHaveDuplicates());
        await().untilAsserted(() -> assertThat(notes().position()).isEqualTo(260));
        assertThat(notes().head()).isEqualTo(260);
    }

    @Test
    void a_follower_knows_the_whole_log_before_the_process_takes_calls() {
        append(NOTED, 0, 2_500);

        platform.restart();

        assertThat(platform.context().getBean(Texts.class).texts).hasSize(2_500);
    }

    @Test
    void a_follower_can_be_brought_up_to_date_at_once() {
        Texts follower = platform.context().getBean(Texts.class);
        append(NOTED, 0, 1);

        platform.context().getBean(LogTails.class).of(follower).catchUp();

        assertThat(follower.texts).containsExactly("text 0");
    }
}
