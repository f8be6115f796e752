package dev.meterbook.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What an embedded PostgreSQL is started with.
 *
 * @param home its own folder; made if absent, used by one JVM at a time
 * @param port 1..65535 on the loopback address, or 0 for a free one
 * @param durability whether data outlive the server; with {@link Durability#TEMPORARY} the home is
 *     deleted when the server stops
 * @param settings further lines of postgresql.conf, name to value; they win over the defaults
 */
public record PostgresOptions(
        Path home, int port, Durability durability, Map<String, String> settings) {
    public PostgresOptions {
        settings = Map.copyOf(settings);
    }

    /** Data kept in the folder from start to start, on a free port. */
    public static PostgresOptions kept(Path home) {
        return new PostgresOptions(home, 0, Durability.KEPT, Map.of());
    }

    /** An empty server that leaves nothing behind, on a free port. */
    public static PostgresOptions temporary() {
        return new PostgresOptions(
                Folders.temporary("meterbook-postgres-"), 0, Durability.TEMPORARY, Map.of());
    }

    /** The same with one more line of postgresql.conf. */
    public PostgresOptions with(String setting, String value) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(setting, value);
        return new PostgresOptions(home, port, durability, more);
    }
}
