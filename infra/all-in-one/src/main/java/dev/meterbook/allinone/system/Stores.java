package dev.meterbook.allinone.system;

import dev.meterbook.embedded.PostgresOptions;
import dev.meterbook.embedded.PostgresServer;
import dev.meterbook.embedded.Provisioner;
import dev.meterbook.embedded.RedisOptions;
import dev.meterbook.embedded.RedisServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL and the Redis of a Meterbook: embedded ones, or those that the environment names.
 *
 * @param postgresUrl JDBC address of the database
 * @param redisUrl address of Redis, with its password
 */
public record Stores(String postgresUrl, String redisUrl) {

    /** Environment variable with the JDBC address of an external database. */
    public static final String POSTGRES_URL = "METERBOOK_POSTGRES_URL";

    /** Environment variable with the address of an external Redis. */
    public static final String REDIS_URL = "METERBOOK_REDIS_URL";

    private static final String ADMIN_USER = "METERBOOK_POSTGRES_ADMIN_USER";
    private static final String ADMIN_PASSWORD = "METERBOOK_POSTGRES_ADMIN_PASSWORD";
    private static final String DATABASE = "meterbook";

    /** Starts what is embedded, and sees to schemas and roles where it may. */
    public static Stores open(
            DataFolder data,
            Secrets secrets,
            Map<String, String> environment,
            ClosingOrder closing) {
        String postgresUrl = openPostgres(data, secrets, environment, closing);
        String redisUrl = environment.getOrDefault(REDIS_URL, "");
        if (redisUrl.isBlank()) {
            redisUrl = closing.add(RedisServer.start(RedisOptions.kept(data.redis()))).uri();
        }
        return new Stores(postgresUrl, redisUrl);
    }

    /** The database alone, for commands that need no Redis. */
    public static String openPostgres(
            DataFolder data,
            Secrets secrets,
            Map<String, String> environment,
            ClosingOrder closing) {
        String external = environment.getOrDefault(POSTGRES_URL, "");
        if (external.isBlank()) {
            return embedded(data, secrets, closing);
        }
        if (!environment.getOrDefault(ADMIN_USER, "").isBlank()) {
            provisionExternal(secrets, environment);
        }
        return external;
    }

    private static String embedded(DataFolder data, Secrets secrets, ClosingOrder closing) {
        PostgresServer server =
                closing.add(PostgresServer.start(PostgresOptions.kept(data.postgres())));
        createDatabase(server);
        String url = server.jdbcUrl(DATABASE);
        provision(url, server.user(), server.password(), secrets);
        return url;
    }

    private static void createDatabase(PostgresServer server) {
        try (Connection connection =
                        DriverManager.getConnection(
                                server.jdbcUrl("postgres"), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            try (ResultSet found =
                    statement.executeQuery(
                            "select from pg_database where datname = '" + DATABASE + "'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute("create database " + DATABASE);
        } catch (SQLException refused) {
            throw new CommandFailure("cannot create database: " + refused.getMessage(), refused);
        }
    }

    /** Prepares schemas and roles of the external database that the environment names. */
    public static void provisionExternal(Secrets secrets, Map<String, String> environment) {
        provision(
                required(environment, POSTGRES_URL, "jdbc:postgresql://host:port/database"),
                required(environment, ADMIN_USER, "a role that may create schemas and roles"),
                environment.getOrDefault(ADMIN_PASSWORD, ""),
                secrets);
    }

    private static String required(
            Map<String, String> environment, String variable, String expected) {
        String value = environment.getOrDefault(variable, "");
        if (value.isBlank()) {
            throw new CommandFailure("%s: not set (expected: %s)".formatted(variable, expected));
        }
        return value;
    }

    private static void provision(String url, String user, String password, Secrets secrets) {
        try (Connection administrator = DriverManager.getConnection(url, user, password)) {
            Provisioner provisioner = new Provisioner(administrator);
            for (Service service : Service.values()) {
                provisioner.provision(
                        service.id(), secrets.password(service), secrets.ownerPassword(service));
            }
        } catch (SQLException refused) {
            throw new CommandFailure(
                    "cannot prepare the database at %s: %s"
                            .formatted(url, oneLine(refused.getMessage())),
                    refused);
        }
    }

    private static String oneLine(@Nullable String text) {
        return String.valueOf(text).lines().map(String::strip).findFirst().orElse("");
    }

    /** Without the password of Redis. */
    @Override
    public String toString() {
        return "Stores[" + postgresUrl + "]";
    }
}
