package dev.meterbook.gateway.session;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connection to Redis, made at its first use and mended by itself. While Redis is away every
 * command fails at once, so that pages can say so.
 */
public final class RedisLink implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final RedisClient client;
    private final ReentrantLock connecting = new ReentrantLock();
    private volatile @Nullable StatefulRedisConnection<String, String> connection;

    /**
     * A link that is not connected yet.
     *
     * @param url such as {@code redis://:password@localhost:6379}
     */
    public RedisLink(String url) {
        RedisURI address = RedisURI.create(url);
        address.setTimeout(TIMEOUT);
        client = RedisClient.create(address);
        client.setOptions(
                ClientOptions.builder()
                        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                        .socketOptions(SocketOptions.builder().connectTimeout(TIMEOUT).build())
                        .build());
    }

    /**
     * The commands.
     *
     * @throws RedisException if Redis cannot be reached
     */
    RedisCommands<String, String> commands() {
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

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, TIMEOUT);
    }
}
