package dev.meterbook.embedded;

import java.nio.file.Path;

/**
 * What an embedded Redis is started with.
 *
 * @param home its own folder; made if absent, used by one JVM at a time
 * @param port 1..65535 on the loopback address, or 0 for a free one
 * @param durability {@link Durability#KEPT}: an append-only file, written to disk every second, so
 *     the last second can be lost when the machine goes down; {@link Durability#TEMPORARY}: nothing
 *     is written and the home is deleted when the server stops
 */
public record RedisOptions(Path home, int port, Durability durability) {

    /** Data kept in the folder from start to start, on a free port. */
    public static RedisOptions kept(Path home) {
        return new RedisOptions(home, 0, Durability.KEPT);
    }

    /** An empty server that leaves nothing behind, on a free port. */
    public static RedisOptions temporary() {
        return new RedisOptions(Folders.temporary("meterbook-redis-"), 0, Durability.TEMPORARY);
    }
}
