package dev.meterbook.platform.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meterbook.testing.PostgresFixture;
import dev.meterbook.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabaseTest {

    private TestDatabase server;
    private Database database;

    @BeforeEach
    void open() throws SQLException {
        server = PostgresFixture.freshDatabase().provisioned();
        database =
                new Database(
                        new ServiceSettings(
                                "ledger",
                                server.jdbcUrl(),
                                TestDatabase.SERVICE_PASSWORD,
                                TestDatabase.SERVICE_PASSWORD,
                                2));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static String one(Connection transaction, String sql) throws SQLException {
        try (Statement select = transaction.createStatement();
                ResultSet row = select.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void stays_in_its_schema_after_a_rollback() {
        for (int connection = 0; connection < 4; connection++) {
            assertThatThrownBy(
                            () ->
                                    database.write(
                                            transaction -> {
                                                one(transaction, "select 1");
                                                throw new SQLException("on purpose");
                                            }))
                    .isInstanceOf(DatabaseException.class);
        }

        String schema = database.read(each -> one(each, "select current_schema()"));

        assertThat(schema).isEqualTo("ledger");
    }

    @Test
    void takes_the_readers_role_for_one_transaction_only() {
        String inside = database.readAsTenant("acme", each -> one(each, "select current_user"));
        String afterwards = database.read(each -> one(each, "select current_user"));

        assertThat(inside).isEqualTo("meterbook_ledger_reader");
        assertThat(afterwards).isEqualTo("meterbook_ledger");
    }

    @Test
    void joins_the_transaction_that_the_thread_is_in() {
        String outer =
                database.write(
                        transaction -> {
                            String id = one(transaction, "select pg_current_xact_id()::text");
                            String inner =
                                    database.write(
                                            same -> one(same, "select pg_current_xact_id()::text"));
                            return id.equals(inner) ? "the same" : "another";
                        });

        assertThat(outer).isEqualTo("the same");
    }

    @Test
    void a_read_cannot_write() {
        assertThatThrownBy(
                        () ->
                                database.read(
                                        each ->
                                                one(
                                                        each,
                                                        "insert into event_type (name, revision)"
                                                                + " values ('x', 1) returning id")))
                .hasMessageContaining("read-only transaction");
    }

    @Test
    void never_tells_a_password() {
        assertThat(database.settings().toString()).isEqualTo("ServiceSettings[ledger]");
    }
}
