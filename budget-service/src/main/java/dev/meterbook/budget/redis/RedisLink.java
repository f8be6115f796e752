package dev.meterbook.budget.redis;

import dev.meterbook.budget.application.CountersUnavailableException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One connection to Redis, made when it is first needed. Commands fail at once while it is down, so
 * that callers can answer instead of wait. A command that was sent when the connection broke may be
 * sent again: every step of the script bears that.
 */
public final class RedisLink implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final int SCAN_PAGE = 500;

    private final RedisClient client;
    private final ReentrantLock connecting = new ReentrantLock();
    private volatile @Nullable StatefulRedisConnection<String, String> connection;

    /**
     * A link to a server.
     *
     * @param uri such as {@code redis://:password@host:6379}
     * @param timeout of a command
     */
    public RedisLink(String uri, Duration timeout) {
        RedisURI address = RedisURI.create(uri);
        address.setTimeout(timeout);
        this.client = RedisClient.create(address);
        client.setOptions(
                ClientOptions.builder()
                        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                        .socketOptions(
                                SocketOptions.builder()
                                        .connectTimeout(CONNECT_TIMEOUT)
                                        .tcpNoDelay(true)
                                        .keepAlive(true)
                                        .build())
                        .build());
    }

    /**
     * Runs a script that the server knows.
     *
     * @return null if it does not know it
     * @throws CountersUnavailableException if the server cannot be reached
     */
    @Nullable List<String> run(String sha1, String key, List<String> arguments) {
        try {
            return commands()
                    .evalsha(
                            sha1,
                            ScriptOutputType.MULTI,
                            new String[] {key},
                            arguments.toArray(String[]::new));
        } catch (RedisNoScriptException unknown) {
            return null;
        } catch (RedisException unreachable) {
            throw unavailable(unreachable);
        }
    }

    /**
     * Makes a script known to the server and runs it. Unlike {@code SCRIPT LOAD}, this is neither
     * written to the append-only file nor sent to replicas.
     *
     * @throws CountersUnavailableException if the server cannot be reached
     */
    List<String> runText(String text, String key, List<String> arguments) {
        try {
            return commands()
                    .eval(
                            text,
                            ScriptOutputType.MULTI,
                            new String[] {key},
                            arguments.toArray(String[]::new));
        } catch (RedisException unreachable) {
            throw unavailable(unreachable);
        }
    }

    /** Removes keys that begin with one text, but not with another. */
    void removeExcept(String root, String kept) {
        try {
            RedisCommands<String, String> commands = commands();
            ScanArgs page = ScanArgs.Builder.limit(SCAN_PAGE).match(root + "*");
            KeyScanCursor<String> cursor = commands.scan(page);
            while (true) {
                String[] old =
                        cursor.getKeys().stream()
                                .filter(key -> !key.startsWith(kept))
                                .toArray(String[]::new);
                if (old.length > 0) {
                    commands.unlink(old);
                }
                if (cursor.isFinished()) {
                    return;
                }
                cursor = commands.scan(cursor, page);
            }
        } catch (RedisException unreachable) {
            throw unavailable(unreachable);
        }
    }

    private RedisCommands<String, String> commands() {
        StatefulRedisConnection<String, String> open = connection;
        return (open != null ? open : connect()).sync();
    }

    private StatefulRedisConnection<String, String> connect() {
        connecting.lock();
        try {
            StatefulRedisConnection<String, String> open = connection;
            if (open == null) {
                open = client.connect();
                connection = open;
            }
            return open;
        } finally {
            connecting.unlock();
        }
    }

    private static CountersUnavailableException unavailable(RedisException cause) {
        return new CountersUnavailableException("Redis: " + cause.getMessage(), cause);
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
}
