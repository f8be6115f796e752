package dev.meterbook.platform.eventlog;

import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.platform.jdbc.DatabaseException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to be the one writer of a shard, for a while. Whoever takes it raises the shard's
 * epoch; a writer of an earlier epoch, back from a long pause, finds its number out of date under
 * the very lock under which it would append, and can store nothing. Time is the database's, so that
 * clocks of hosts do not matter. Used by one thread.
 */
final class ShardLease {

    /** How long a lease lasts without a sign of life. */
    static final Duration LENGTH = Duration.ofSeconds(5);

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final Logger LOG = LoggerFactory.getLogger(ShardLease.class);

    private final Database database;
    private final String log;
    private final String owner = UUID.randomUUID().toString();
    private long epoch = -1;
    private long renewedNanos;

    ShardLease(Database database, String log) {
        this.database = database;
        this.log = log;
    }

    /** True if it is held, as far as we know; the append finds out for certain. */
    boolean isHeld() {
        return epoch >= 0;
    }

    /** The epoch in which this writer writes. */
    long epoch() {
        return epoch;
    }

    /** Another writer has taken over. */
    void lost() {
        epoch = -1;
    }

    /**
     * Takes the lease, or keeps it when a third of its time has passed.
     *
     * @return true if it is held now; false if another writer holds it
     */
    boolean hold() {
        if (isHeld() && System.nanoTime() - renewedNanos < LENGTH.toNanos() / 3) {
            return true;
        }
        try {
            epoch = database.write(this::takeOrKeep);
            renewedNanos = System.nanoTime();
        } catch (DatabaseException busy) {
            if (!LOCK_NOT_AVAILABLE.equals(busy.sqlState())) {
                throw busy;
            }
            epoch = -1;
            endStoppedWriter();
        }
        return isHeld();
    }

    /**
     * A writer that was stopped amid a transaction holds the row as long as its session lives,
     * which may be for ever. Once its lease is over, the session is ended; what it had not
     * committed is rolled back. Sessions of our own role only, and none that merely waits for the
     * row as we do.
     */
    private void endStoppedWriter() {
        String sql =
                """
                select pg_terminate_backend(activity.pid)
                from %1$s.shard_head head
                join pg_locks held on held.relation = '%1$s.shard_head'::regclass and held.granted
                    and held.mode in ('RowShareLock', 'RowExclusiveLock')
                join pg_stat_activity activity on activity.pid = held.pid
                where head.shard = ? and head.lease_end < clock_timestamp()
                    and activity.xact_start < head.lease_end
                    and activity.usename = current_user and activity.pid <> pg_backend_pid()
                    and activity.wait_event_type is distinct from 'Lock'
                """
                        .formatted(log);
        boolean ended =
                database.write(
                        transaction -> {
                            try (PreparedStatement end = transaction.prepareStatement(sql)) {
                                end.setShort(1, (short) EventReader.SHARD);
                                try (ResultSet rows = end.executeQuery()) {
                                    return rows.next();
                                }
                            }
                        });
        if (ended) {
            LOG.warn("{}: ended the session of a writer that stood still beyond its lease", log);
        }
    }

    /**
     * A stopped writer may hold the row until the server ends its session, so the wait is short.
     */
    private long takeOrKeep(Connection transaction) throws SQLException {
        try (Statement patience = transaction.createStatement()) {
            patience.execute("set local lock_timeout = '1s'");
        }
        String sql =
                """
                update %s.shard_head
                set epoch = case when writer = ? and epoch = ? then epoch else epoch + 1 end,
                    writer = ?, lease_end = clock_timestamp() + ? * interval '1 millisecond'
                where shard = ? and (writer = ? or writer is null or lease_end < clock_timestamp())
                returning epoch
                """
                        .formatted(log);
        try (PreparedStatement update = transaction.prepareStatement(sql)) {
            update.setString(1, owner);
            update.setLong(2, epoch);
            update.setString(3, owner);
            update.setLong(4, LENGTH.toMillis());
            update.setShort(5, (short) EventReader.SHARD);
            update.setString(6, owner);
            try (ResultSet row = update.executeQuery()) {
                return row.next() ? row.getLong(1) : -1;
            }
        }
    }

    /** Lets the next writer begin at once. */
    void release() {
        if (!isHeld()) {
            return;
        }
        database.write(
                transaction -> {
                    String sql =
                            "update "
                                    + log
                                    + ".shard_head set writer = null where shard = ? and epoch = ?";
                    try (PreparedStatement update = transaction.prepareStatement(sql)) {
                        update.setShort(1, (short) EventReader.SHARD);
                        update.setLong(2, epoch);
                        return update.executeUpdate();
                    }
                });
        epoch = -1;
    }
}
