package dev.meterbook.metering.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.meterbook.embedded.Provisioner;
import dev.meterbook.platform.eventlog.EventLog;
import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.NewEvent;
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
import org.junit.jupiter.api.Test;

class CallIndexerTest {

    private static final EventLog LOG = new EventLog("metering", Clock.systemUTC());

    @Test
    void a_block_that_could_not_be_indexed_is_indexed_without_another_call() throws SQLException {
        TestDatabase empty = PostgresFixture.freshDatabase();
        try (Connection administrator = empty.connect();
                Statement change = administrator.createStatement()) {
            new Provisioner(administrator).provisionAll("test");
            try (Database database =
                    new Database(
                            new ServiceSettings("metering", empty.jdbcUrl(), "test", "test", 4))) {
                append(database, 5_000);
                change.execute("alter table metering.call_index rename to call_index_elsewhere");
                try (CallIndexer indexer = new CallIndexer(database, LOG.reader())) {
                    indexer.reached(5_000);
                    await().during(Duration.ofMillis(1_500)).until(() -> nextBlock(database) == 0);

                    change.execute(
                            "alter table metering.call_index_elsewhere rename to call_index");

                    await().until(() -> nextBlock(database) == 1);
                    assertThat(new CallView(database, LOG.reader()).newest("acme", 4_097, 5_000))
                            .hasSize(4_096);
                }
            }
        }
    }

    private static long nextBlock(Database database) {
        return database.read(CallIndex::nextBlock);
    }

    private static void append(Database database, long count) {
        List<NewEvent> events =
                LongStream.rangeClosed(1, count)
                        .mapToObj(
                                position ->
                                        NewEvent.of(
                                                "acme",
                                                new UUID(0, position),
                                                EventType.of("metering.UsageRecorded"),
                                                new byte[] {1}))
                        .toList();
        var _ = database.write(transaction -> LOG.append(transaction, events));
    }
}
