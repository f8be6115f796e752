package dev.meterbook.bench;

import dev.meterbook.allinone.system.Apis;
import dev.meterbook.allinone.system.Client;
import dev.meterbook.allinone.system.ClosingOrder;
import dev.meterbook.allinone.system.DataFolder;
import dev.meterbook.allinone.system.OneProcess;
import dev.meterbook.allinone.system.Ports;
import dev.meterbook.allinone.system.Service;
import dev.meterbook.allinone.system.Stores;
import dev.meterbook.allinone.system.SystemSettings;
import dev.meterbook.embedded.PostgresOptions;
import dev.meterbook.embedded.PostgresServer;
import dev.meterbook.embedded.RedisOptions;
import dev.meterbook.embedded.RedisServer;
import dev.meterbook.platform.consumer.RunningConsumer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;

/**
 * A whole Meterbook in this process, with servers of its own whose administrator the benchmark is.
 * The servers are those that {@code ./meterbook up} starts, with the same settings: what is
 * committed is on disk.
 */
final class BenchSystem implements AutoCloseable {

    private static final String DATABASE = "meterbook";

    private final ClosingOrder closing;
    private final Path data;
    private final PostgresServer postgres;
    private final RedisServer redis;
    private final OneProcess process;
    private final Apis apis;
    private final Duration startTime;

    private BenchSystem(
            ClosingOrder closing,
            Path data,
            PostgresServer postgres,
            RedisServer redis,
            Started started) {
        this.closing = closing;
        this.data = data;
        this.postgres = postgres;
        this.redis = redis;
        this.process = started.process;
        this.startTime = started.time;
        this.apis = closing.add(connect());
    }

    private record Started(OneProcess process, Duration time) {}

    /** Starts servers and services in a folder; a folder used before is taken up again. */
    static BenchSystem start(Path data) {
        return start(PostgresOptions.kept(new DataFolder(data).postgres()), data);
    }

    /** The same with a PostgreSQL that counts the time of each statement. */
    static BenchSystem startCounting(Path data) {
        return start(
                PostgresOptions.kept(new DataFolder(data).postgres())
                        .with("shared_preload_libraries", "pg_stat_statements"),
                data);
    }

    private static BenchSystem start(PostgresOptions options, Path data) {
        ClosingOrder closing = new ClosingOrder();
        try {
            DataFolder folder = new DataFolder(data);
            PostgresServer postgres = closing.add(PostgresServer.start(options));
            RedisServer redis = closing.add(RedisServer.start(RedisOptions.kept(folder.redis())));
            createDatabase(postgres);
            Started started = startServices(folder, postgres, redis, closing);
            return new BenchSystem(closing, folder.root(), postgres, redis, started);
        } catch (RuntimeException failed) {
            closing.close();
            throw failed;
        }
    }

    private static void createDatabase(PostgresServer postgres) {
        try (Connection connection = connect(postgres, "postgres");
                Statement statement = connection.createStatement();
                var found =
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

    private static Started startServices(
            DataFolder folder, PostgresServer postgres, RedisServer redis, ClosingOrder closing) {
        Map<String, String> environment =
                Map.of(
                        Stores.POSTGRES_URL,
                        postgres.jdbcUrl(DATABASE),
                        Stores.REDIS_URL,
                        redis.uri(),
                        "METERBOOK_POSTGRES_ADMIN_USER",
                        postgres.user(),
                        "METERBOOK_POSTGRES_ADMIN_PASSWORD",
                        postgres.password());
        long began = System.nanoTime();
        OneProcess process =
                OneProcess.start(
                        new SystemSettings(folder, Ports.shared("127.0.0.1", 0, 0), environment),
                        closing);
        return new Started(process, Duration.ofNanos(System.nanoTime() - began));
    }

    private static Connection connect(PostgresServer postgres, String database)
            throws SQLException {
        return DriverManager.getConnection(
                postgres.jdbcUrl(database), postgres.user(), postgres.password());
    }

    /** A connection of the administrator, committing each statement; the caller closes it. */
    Connection administrator() {
        try {
            return connect(postgres, DATABASE);
        } catch (SQLException refused) {
            throw new BenchFailure("cannot connect to the database", refused);
        }
    }

    /** Runs one statement as the administrator. */
    void execute(String sql) {
        try (Connection connection = administrator();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException refused) {
            throw new BenchFailure("refused: " + sql, refused);
        }
    }

    /** Address of the database, without user and password. */
    String postgresUrl() {
        return postgres.jdbcUrl(DATABASE);
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
    String redisUri() {
        return redis.uri();
    }

    /** Folder of the data. */
    Path data() {
        return data;
    }

    /** The services, called by the operator. */
    Client operator() {
        return apis.as(process.operatorKey());
    }

    /** A connection of its own to the services; the caller closes it. */
    Apis connect() {
        String address = process.grpc(Service.METERING);
        return Apis.at(service -> address);
    }

    /** The operator's credential. */
    String operatorKey() {
        return process.operatorKey();
    }

    /** The consumer that rates metered calls; while it stands still, nothing goes further. */
    RunningConsumer rating() {
        return consumer("pricing-usage");
    }

    /** The consumer that rolls costs up. */
    RunningConsumer rollUp() {
        return consumer("cost-roll-up");
    }

    private RunningConsumer consumer(String name) {
        return process.consumers().stream()
                .filter(running -> running.consumer().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BenchFailure("no consumer is called " + name));
    }

    /** How long the services took to start, the servers being up. */
    Duration startTime() {
        return startTime;
    }

    @Override
    public void close() {
        closing.close();
    }
}
