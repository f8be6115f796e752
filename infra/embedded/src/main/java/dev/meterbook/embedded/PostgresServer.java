package dev.meterbook.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A PostgreSQL 18 server as a child process, listening on the loopback address only.
 *
 * <p>It runs for an ordinary user and for root alike, asks its superuser {@code postgres} for a
 * password that only the owner of its folder can read, and ends with this JVM, however that ends.
 * Closing it takes away its clients' connections: close the clients first.
 */
public final class PostgresServer implements AutoCloseable {
    private static final String MAJOR_VERSION = "18";
    private static final String SUPERUSER = "postgres";
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    /**
     * A server left over by a JVM and a shell killed together is stopped first: the lock is ours.
     */
    private static final String SCRIPT =
            """
            bin=$1 data=$2 log=$3 seconds=$4 delete=$5
            if [ -s "$data/postmaster.pid" ]; then
              read -r left < "$data/postmaster.pid"
              case "$(ps -o comm= -p "$left" 2>&1)" in
                *postgres*) "$bin/pg_ctl" stop -s -m fast -w -t "$seconds" -D "$data" >&2 ;;
              esac
            fi
            "$bin/pg_ctl" start -s -w -t "$seconds" -D "$data" -l "$log" >&2 || exit 1
            echo ready
            read -r line
            "$bin/pg_ctl" stop -s -m fast -w -t "$seconds" -D "$data" >&2
            if [ -n "$delete" ]; then rm -rf "$delete"; fi
            """;

    private final ServerHome home;
    private final Supervisor supervisor;
    private final int port;
    private final String password;

    private PostgresServer(ServerHome home, Supervisor supervisor, int port, String password) {
        this.home = home;
        this.supervisor = supervisor;
        this.port = port;
        this.password = password;
    }

    /**
     * Unpacks the server once, makes its data folder if there is none, and starts it.
     *
     * @throws EmbeddedServerException if the folder is in use, was written by another major
     *     version, or the server does not start
     */
    public static PostgresServer start(PostgresOptions options) {
        return start(options, Privilege.detect());
    }

    static PostgresServer start(PostgresOptions options, Privilege privilege) {
        try {
            return startIn(ServerHome.open(options.home()), options, privilege);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PostgresServer startIn(
            ServerHome home, PostgresOptions options, Privilege privilege) throws IOException {
        try {
            Path bin = Binaries.postgres().resolve("bin");
            String password = home.password();
            Path data = home.folder().resolve("data");
            if (!Files.exists(data.resolve("PG_VERSION"))) {
                initialize(home, bin, privilege);
            }
            requireMajorVersion(data);
            int port = options.port() == 0 ? FreePort.next() : options.port();
            Folders.writePrivate(data.resolve("meterbook.conf"), configuration(options, port));
            privilege.own(home.folder());
            Supervisor supervisor =
                    Supervisor.start(
                            privilege.prefix(),
                            SCRIPT,
                            arguments(home, bin, data, options),
                            home.log(),
                            START_LIMIT);
            return new PostgresServer(home, supervisor, port, password);
        } catch (IOException | RuntimeException e) {
            home.abandon(options.durability());
            throw e;
        }
    }

    private static List<String> arguments(
            ServerHome home, Path bin, Path data, PostgresOptions options) {
        return List.of(
                bin.toString(),
                data.toString(),
                home.log().toString(),
                Long.toString(START_LIMIT.toSeconds()),
                options.durability() == Durability.TEMPORARY ? home.folder().toString() : "");
    }

    /** Makes the data folder under another name, so that an interrupted first start leaves none. */
    private static void initialize(ServerHome home, Path bin, Privilege privilege)
            throws IOException {
        Path draft = home.folder().resolve("data.new");
        Folders.delete(draft);
        Files.writeString(home.log(), "", StandardCharsets.UTF_8);
        privilege.own(home.folder());
        String script =
                """
                "$1/initdb" -D "$2" -U "$3" --pwfile="$4" -A scram-sha-256 -E UTF8 \
                    --locale-provider=builtin --locale=C.UTF-8 --no-instructions --no-sync >&2 \
                    && echo ready
                """;
        List<String> arguments =
                List.of(
                        bin.toString(),
                        draft.toString(),
                        SUPERUSER,
                        home.folder().resolve("password").toString());
        Supervisor.start(privilege.prefix(), script, arguments, home.log(), START_LIMIT).close();
        Path settings = draft.resolve("postgresql.conf");
        Files.writeString(
                settings,
                Files.readString(settings, StandardCharsets.UTF_8)
                        + "\ninclude_if_exists = 'meterbook.conf'\n",
                StandardCharsets.UTF_8);
        Files.move(draft, home.folder().resolve("data"));
    }

    private static void requireMajorVersion(Path data) throws IOException {
        String version =
                Files.readString(data.resolve("PG_VERSION"), StandardCharsets.US_ASCII).strip();
        if (!version.equals(MAJOR_VERSION)) {
            throw new EmbeddedServerException(
                    "%s: PostgreSQL %s (expected: %s)".formatted(data, version, MAJOR_VERSION));
        }
    }

    private static String configuration(PostgresOptions options, int port) {
        Map<String, String> lines = new TreeMap<>();
        lines.put("listen_addresses", "127.0.0.1");
        lines.put("port", Integer.toString(port));
        lines.put("unix_socket_directories", "");
        lines.put("max_connections", "300");
        lines.put("shared_buffers", "256MB");
        lines.put("timezone", "UTC");
        lines.put("log_timezone", "UTC");
        lines.put("log_checkpoints", "off");
        // Whoever needs the next segment of the log would wait until 16 MB of zeros are written.
        lines.put("wal_init_zero", "off");
        lines.put("min_wal_size", "1GB");
        // What backends write is on disk soon; else a checkpoint finds all of it at its end, and
        // every commit waits while it is written.
        lines.put("backend_flush_after", "256kB");
        lines.put("jit", "off");
        if (options.durability() == Durability.TEMPORARY) {
            lines.put("fsync", "off");
            lines.put("synchronous_commit", "off");
            lines.put("full_page_writes", "off");
        }
        lines.putAll(options.settings());
        return lines.entrySet().stream()
                .map(line -> "%s = '%s'%n".formatted(line.getKey(), quoted(line.getValue())))
                .collect(Collectors.joining());
    }

    private static String quoted(String value) {
        return value.replace("\\", "\\\\").replace("'", "''");
    }

    /** The port it listens on, 127.0.0.1 only. */
    public int port() {
        return port;
    }

    /** The superuser's name. */
    public String user() {
        return SUPERUSER;
    }

    /** The superuser's password. */
    public String password() {
        return password;
    }

    /** The JDBC address of a database of this server, without user and password. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    /** The server's log file. */
    public Path log() {
        return home.log();
    }

    /** Stops the server and waits until it is down; a second call does nothing. */
    @Override
    public void close() {
        supervisor.close();
        home.close();
    }
}
