package dev.meterbook.testing;

import dev.meterbook.embedded.PostgresOptions;
import dev.meterbook.embedded.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** One embedded server for the whole JVM; it stops by itself when the JVM ends. */
final class EmbeddedPostgresFixture implements PostgresFixture {

    /** Loaded, and so started, at the first use. */
    static final class Holder {
        static final PostgresFixture INSTANCE =
                new EmbeddedPostgresFixture(PostgresServer.start(PostgresOptions.temporary()));

        private Holder() {}
    }

    private final PostgresServer server;
    private final AtomicInteger databases = new AtomicInteger();

    private EmbeddedPostgresFixture(PostgresServer server) {
        this.server = server;
    }

    @Override
    public TestDatabase createDatabase() {
        String name = "test_" + databases.incrementAndGet();
        try (Connection connection =
                        DriverManager.getConnection(
                                server.jdbcUrl("postgres"), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create database " + name, e);
        }
        return new TestDatabase(server.jdbcUrl(name), server.user(), server.password());
    }
}
