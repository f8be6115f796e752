package dev.meterbook.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A Redis 6.2 server as a child process, listening on the loopback address only.
 *
 * <p>It asks for a password that only the owner of its folder can read, never evicts a key, and
 * ends with this JVM, however that ends.
 */
public final class RedisServer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final long POLL_NANOS = 20_000_000;

    /** Redis puts itself into a session of its own ({@code daemonize}) before it writes its pid. */
    private static final String SCRIPT =
            """
            server=$1 home=$2 delete=$3
            stop() {
              kill -TERM "$1" 2>&1
              tries=0
              while [ -e "$home/pid" ] && [ "$tries" -lt 1500 ]; do
                tries=$((tries + 1))
                sleep 0.02
              done
            }
            if [ -s "$home/pid" ]; then
              read -r left < "$home/pid"
              case "$(ps -o comm= -p "$left" 2>&1)" in *redis-server*) stop "$left" >&2 ;; esac
              rm -f "$home/pid"
            fi
            "$server" "$home/redis.conf" >&2 || exit 1
            tries=0
            until [ -s "$home/pid" ]; do
              tries=$((tries + 1))
              if [ "$tries" -gt 500 ]; then exit 1; fi
              sleep 0.02
            done
            read -r pid < "$home/pid"
            echo ready
            read -r line
            stop "$pid" >&2
            if [ -n "$delete" ]; then rm -rf "$delete"; fi
            """;

    private final ServerHome home;
    private final Supervisor supervisor;
    private final int port;
    private final String password;

    private RedisServer(ServerHome home, Supervisor supervisor, int port, String password) {
        this.home = home;
        this.supervisor = supervisor;
        this.port = port;
        this.password = password;
    }

    /**
     * Unpacks the server once and starts it.
     *
     * @throws EmbeddedServerException if the folder is in use or the server does not start
     */
    public static RedisServer start(RedisOptions options) {
        try {
            return startIn(ServerHome.open(options.home()), options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RedisServer startIn(ServerHome home, RedisOptions options) throws IOException {
        try {
            int port = options.port() == 0 ? FreePort.next() : options.port();
            String password = home.password();
            Folders.writePrivate(
                    home.folder().resolve("redis.conf"),
                    configuration(home, options, port, password));
            List<String> arguments =
                    List.of(
                            Binaries.redis().toString(),
                            home.folder().toString(),
                            options.durability() == Durability.TEMPORARY
                                    ? home.folder().toString()
                                    : "");
            Supervisor supervisor =
                    Supervisor.start(List.of(), SCRIPT, arguments, home.log(), START_LIMIT);
            RedisServer server = new RedisServer(home, supervisor, port, password);
            server.awaitPong();
            return server;
        } catch (IOException | RuntimeException e) {
            home.abandon(options.durability());
            throw e;
        }
    }

    private static String configuration(
            ServerHome home, RedisOptions options, int port, String password) {
        String data =
                options.durability() == Durability.KEPT
                        ? "appendonly yes\nappendfsync everysec"
                        : "appendonly no";
        return """
        bind 127.0.0.1
        port %d
        requirepass %s
        daemonize yes
        pidfile "%s/pid"
        logfile "%s"
        dir "%s"
        save ""
        maxmemory-policy noeviction
        %s
        """
                .formatted(port, password, home.folder(), home.log(), home.folder(), data);
    }

    /**
     * Its append-only file may take a while to load: the server is ready when it answers a PING.
     */
    private void awaitPong() throws IOException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!pong()) {
            if (System.nanoTime() > end || !supervisor.isAlive()) {
                throw new EmbeddedServerException("Redis does not answer; see " + home.log());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private boolean pong() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(Math.toIntExact(START_LIMIT.toMillis()));
            String question = "AUTH " + password + "\r\nPING\r\nQUIT\r\n";
            socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readAllBytes();
            return new String(answer, StandardCharsets.US_ASCII).contains("+PONG");
        } catch (ConnectException e) {
            return false;
        }
    }

    /** The port it listens on, 127.0.0.1 only. */
    public int port() {
        return port;
    }

    /** The address with the password, as Redis clients read it. */
    public String uri() {
        return "redis://:%s@127.0.0.1:%d".formatted(password, port);
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
