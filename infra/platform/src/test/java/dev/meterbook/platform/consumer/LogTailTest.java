package dev.meterbook.platform.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.platform.PlatformContext;
import dev.meterbook.platform.eventlog.AppendOutcome.Recorded;
import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.LogHead;
import dev.meterbook.platform.eventlog.NewEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogTailTest {

    private static final EventType NOTED = EventType.of("ledger.Noted");
    private static final EventType OTHER = EventType.of("ledger.Other");

    private PlatformContext platform;
    private LogConsumerTest.Texts follower;
    private LogTail tail;

    @BeforeEach
    void start() throws SQLException {
        platform = PlatformContext.fresh("texts");
        follower = platform.context().getBean(LogConsumerTest.Texts.class);
        tail = platform.context().getBean(LogTails.class).of(follower);
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    private LogHead append(Connection transaction, EventType type, String text)
            throws SQLException {
        LogHead head = platform.log().lock(transaction);
        UUID key = UUID.nameUUIDFromBytes(text.getBytes(UTF_8));
        List<Recorded> recorded =
                platform.log()
                        .appendFresh(
                                transaction,
                                head,
                                List.of(NewEvent.of("", key, type, text.getBytes(UTF_8))));
        if (type.equals(OTHER)) {
            tail.passOver(head, recorded.getLast());
        }
        return platform.log().lock(transaction);
    }

    @Test
    void takes_what_the_transaction_that_holds_the_end_has_appended() {
        platform.database()
                .write(
                        transaction -> {
                            tail.catchUp(append(transaction, NOTED, "first"));
                            assertThat(follower.texts).containsExactly("first");
                            return null;
                        });
    }

    @Test
    void passes_over_an_append_that_was_committed() {
        platform.database().write(transaction -> append(transaction, OTHER, "not a text"));

        platform.database()
                .write(
                        transaction -> {
                            tail.catchUp(platform.log().lock(transaction));
                            assertThat(tail.position()).isEqualTo(1);
                            return null;
                        });
        assertThat(follower.texts).isEmpty();
    }

    @Test
    void takes_what_stands_in_the_place_of_an_append_that_was_rolled_back() throws SQLException {
        Connection transaction = platform.database().begin();
        append(transaction, OTHER, "not a text");
        platform.database().end(transaction, false);

        platform.database()
                .write(
                        again -> {
                            LogHead head = append(again, NOTED, "first");
                            assertThat(head.position()).isEqualTo(1);
                            tail.catchUp(head);
                            assertThat(follower.texts).containsExactly("first");
                            return null;
                        });
    }
}
