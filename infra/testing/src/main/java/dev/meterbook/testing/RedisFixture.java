package dev.meterbook.testing;

import dev.meterbook.embedded.Durability;
import dev.meterbook.embedded.RedisOptions;
import dev.meterbook.embedded.RedisServer;

/**
 * An empty Redis of one test class, which can be lost and started again on the same port.
 *
 * <p>Starting one takes some tens of milliseconds, so each test class has its own.
 */
public final class RedisFixture implements AutoCloseable {
    private RedisServer server;

    private RedisFixture(RedisServer server) {
        this.server = server;
    }

    /** Starts an empty server on a free port of the loopback address. */
    public static RedisFixture start() {
        return new RedisFixture(RedisServer.start(RedisOptions.temporary()));
    }

    /** {@code redis://:password@127.0.0.1:port}. */
    public String uri() {
        return server.uri();
    }

    /** Takes the server away: clients get "connection refused". */
    public void stop() {
        server.close();
    }

    /**
     * Starts an empty server in place of the one that was stopped: same port, other password, all
     * data lost.
     */
    public void startAgain() {
        server.close();
        server =
                RedisServer.start(
                        new RedisOptions(
                                RedisOptions.temporary().home(),
                                server.port(),
                                Durability.TEMPORARY));
    }

    @Override
    public void close() {
        server.close();
    }
}
