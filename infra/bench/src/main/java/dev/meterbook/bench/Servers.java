package dev.meterbook.bench;

import dev.meterbook.allinone.system.ClosingOrder;
import dev.meterbook.allinone.system.DataFolder;
import dev.meterbook.allinone.system.Stores;
import dev.meterbook.embedded.Durability;
import dev.meterbook.embedded.FreePort;
import dev.meterbook.embedded.PostgresOptions;
import dev.meterbook.embedded.PostgresServer;
import dev.meterbook.embedded.RedisOptions;
import dev.meterbook.embedded.RedisServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * A PostgreSQL and a Redis whose administrator we are: those that {@code ./meterbook up} starts,
 * with the same settings, so what is committed is on disk. Each keeps its port when it is started
 * again.
 */
public final class Servers {

    private static final String DATABASE = "meterbook";

    private final PostgresOptions postgresOptions;
    private final RedisOptions redisOptions;
    private volatile PostgresServer postgres;
    private volatile RedisServer redis;

    private Servers(PostgresOptions postgresOptions, RedisOptions redisOptions) {
        this.postgresOptions = postgresOptions;
        this.redisOptions = redisOptions;
        this.postgres = PostgresServer.start(postgresOptions);
        try {
            this.redis = RedisServer.start(redisOptions);
        } catch (RuntimeException failed) {
            postgres.close();
            throw failed;
        }
    }

    /** Starts both in a folder; a folder used before is taken up again. */
    public static Servers start(DataFolder folder, ClosingOrder closing) {
        return start(folder, Map.of(), closing);
    }

    /** The same with further lines of postgresql.conf. */
    static Servers start(DataFolder folder, Map<String, String> settings, ClosingOrder closing) {
        Servers servers =
                new Servers(
                        new PostgresOptions(
                                folder.postgres(), FreePort.next(), Durability.KEPT, settings),
                        new RedisOptions(folder.redis(), FreePort.next(), Durability.KEPT));
        closing.add(() -> servers.postgres.close());
        closing.add(() -> servers.redis.close());
        servers.createDatabase();
        return servers;
    }

    private void createDatabase() {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet found =
                        statement.executeQuery(
                                "select from pg_database where datname = '" + DATABASE + "'")) {
            if (!found.next()) {
                try (Statement create = connection.createStatement()) {
                    create.execute("create database " + DATABASE);
                }
            }
        } catch (SQLException refused) {
            throw new BenchFailure("cannot create the database", refused);
        }
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                postgres.jdbcUrl(database), postgres.user(), postgres.password());
    }

    /** Starts PostgreSQL again on the same data, after it went down. */
    public void restartPostgres() {
        postgres.close();
        postgres = PostgresServer.start(postgresOptions);
    }

    /** Starts Redis again on the same data, after it went down. */
    public void restartRedis() {
        redis.close();
        redis = RedisServer.start(redisOptions);
    }

    /** A connection of the administrator, committing each statement; the caller closes it. */
    public Connection administrator() {
        try {
            return connect(DATABASE);
        } catch (SQLException refused) {
            throw new BenchFailure("cannot connect to the database", refused);
        }
    }

    /** What lets a Meterbook use these servers instead of starting its own. */
    public Map<String, String> environment() {
        return environment(postgresUrl());
    }

    /** The same with another address of the database. */
    public Map<String, String> environment(String postgresUrl) {
        return Map.of(
                Stores.POSTGRES_URL,
                postgresUrl,
                Stores.REDIS_URL,
                redisUri(),
                "METERBOOK_POSTGRES_ADMIN_USER",
                postgres.user(),
                "METERBOOK_POSTGRES_ADMIN_PASSWORD",
                postgres.password());
    }

    /** Address of the database, without user and password. */
    public String postgresUrl() {
        return postgres.jdbcUrl(DATABASE);
    }

    /** The same with another port, at which something passes everything on. */
    public String postgresUrl(int port) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, DATABASE);
    }

    /** Where PostgreSQL listens on the loopback address. */
    public int postgresPort() {
        return postgres.port();
    }

    /** The administrator's name. */
    String postgresUser() {
        return postgres.user();
    }

    /** The administrator's password. */
    String postgresPassword() {
        return postgres.password();
    }

    /** Address of Redis, with its password. */
    public String redisUri() {
        return redis.uri();
    }
}
