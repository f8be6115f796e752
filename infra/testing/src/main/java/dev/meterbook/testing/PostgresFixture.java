package dev.meterbook.testing;

/**
 * Where tests get their PostgreSQL 18 from.
 *
 * <p>{@link #shared()} is the one place that chooses: an embedded server, started once per JVM at
 * its first use. A container or a given server would be another implementation of this interface.
 */
public interface PostgresFixture {

    /** The server that all test classes of this JVM share. */
    static PostgresFixture shared() {
        return EmbeddedPostgresFixture.Holder.INSTANCE;
    }

    /** A new, empty database of the shared server. */
    static TestDatabase freshDatabase() {
        return shared().createDatabase();
    }

    /** A new, empty database; it goes when the server goes. */
    TestDatabase createDatabase();
}
