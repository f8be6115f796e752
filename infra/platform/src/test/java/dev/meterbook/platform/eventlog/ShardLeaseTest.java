package dev.meterbook.platform.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.meterbook.platform.PlatformContext;
import dev.meterbook.platform.jdbc.DatabaseException;
import dev.meterbook.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShardLeaseTest {

    private PlatformContext platform;

    @BeforeEach
    void start() throws SQLException {
        platform = PlatformContext.fresh();
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    private ShardLease lease() {
        return new ShardLease(platform.database(), "ledger");
    }

    private List<AppendOutcome> append(long key, long epoch) {
        List<NewEvent> event =
                List.of(
                        NewEvent.of(
                                "acme",
                                new UUID(0, key),
                                EventType.of("ledger.Noted"),
                                new byte[0]));
        return platform.database()
                .write(transaction -> platform.log().append(transaction, event, event, epoch))
                .answers();
    }

    private void letTheLeaseEnd() throws SQLException {
        letTheLeaseEndIn("-1 second");
    }

    private void letTheLeaseEndIn(String interval) throws SQLException {
        try (Connection superuser = platform.server().connect();
                Statement statement = superuser.createStatement()) {
            statement.execute(
                    "update ledger.shard_head set lease_end = now() + interval '" + interval + "'");
        }
    }

    @Test
    void one_writer_at_a_time() {
        ShardLease first = lease();
        ShardLease second = lease();

        assertThat(first.hold()).isTrue();
        assertThat(second.hold()).isFalse();
        assertThat(first.hold()).isTrue();

        first.release();
        assertThat(second.hold()).isTrue();
    }

    @Test
    void a_writer_that_was_replaced_can_store_nothing() throws SQLException {
        ShardLease paused = lease();
        paused.hold();
        append(1, paused.epoch());
        letTheLeaseEnd();
        ShardLease next = lease();
        assertThat(next.hold()).isTrue();

        assertThatThrownBy(() -> append(2, paused.epoch()))
                .isInstanceOf(DatabaseException.class)
                .hasCauseInstanceOf(WriterFencedException.class);

        assertThat(append(3, next.epoch()).getFirst().position()).isEqualTo(2);
    }

    @Test
    void does_not_wait_for_ever_for_a_writer_that_stopped_inside_a_transaction() throws Exception {
        try (Connection stuck = platform.server().connect()) {
            stuck.setAutoCommit(false);
            try (Statement statement = stuck.createStatement()) {
                statement.execute("select * from ledger.shard_head for update");
                assertThat(lease().hold()).isFalse();
            }
            stuck.rollback();
        }
        assertThat(lease().hold()).isTrue();
    }

    @Test
    void takes_over_from_a_writer_that_stopped_inside_a_transaction_for_longer_than_its_lease()
            throws Exception {
        assertThat(lease().hold()).isTrue();
        letTheLeaseEndIn("1 second");
        try (Connection stopped =
                        platform.server()
                                .connectAs("meterbook_ledger", TestDatabase.SERVICE_PASSWORD);
                Statement statement = stopped.createStatement()) {
            stopped.setAutoCommit(false);
            statement.execute("select * from ledger.shard_head for update");
            ShardLease next = lease();
            assertThat(next.hold()).as("the lease is not over").isFalse();

            await().atMost(Duration.ofSeconds(10)).until(next::hold);

            assertThatThrownBy(() -> statement.execute("select 1"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("terminating connection");
        }
    }

    @Test
    void a_standby_writer_takes_over_when_the_first_one_ends() throws Exception {
        GroupCommitWriter first =
                new GroupCommitWriter(platform.database(), platform.log(), new RecentEvents());
        submit(first, 1).get(5, TimeUnit.SECONDS);
        GroupCommitWriter standby =
                new GroupCommitWriter(platform.database(), platform.log(), new RecentEvents());
        CompletableFuture<List<AppendOutcome>> waiting = submit(standby, 2);

        first.close();

        assertThat(waiting.get(5, TimeUnit.SECONDS).getFirst().position()).isEqualTo(2);
        standby.close();
    }

    @Test
    void a_standby_writer_refuses_who_waited_for_long() {
        GroupCommitWriter first =
                new GroupCommitWriter(platform.database(), platform.log(), new RecentEvents());
        submit(first, 1).join();
        GroupCommitWriter standby =
                new GroupCommitWriter(platform.database(), platform.log(), new RecentEvents());

        assertThatThrownBy(() -> submit(standby, 2).get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(WriterElsewhereException.class);

        first.close();
        standby.close();
    }

    private static CompletableFuture<List<AppendOutcome>> submit(
            GroupCommitWriter writer, long key) {
        return writer.submit(
                List.of(
                        NewEvent.of(
                                "acme",
                                new UUID(0, key),
                                EventType.of("ledger.Noted"),
                                new byte[0])));
    }
}
