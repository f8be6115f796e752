package dev.meterbook.platform.checkpoint;

import dev.meterbook.platform.eventlog.WakeUps;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.platform.jdbc.DatabaseException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down outside of the database where a service's log ends: at most once a second while it
 * grows, and at the end of the process. It looks at what is committed, so a checkpoint is never
 * ahead of the log. If the folder cannot be written, it warns and the service goes on.
 */
public final class CheckpointKeeper implements AutoCloseable {

    private static final long INTERVAL_MILLIS = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointKeeper.class);

    private final Database database;
    private final CheckpointFile file;
    private final Clock clock;
    private final Semaphore appended = new Semaphore(1);
    private final Map<Integer, Checkpoint> last = new HashMap<>();
    private final Runnable stopListening;
    private final Thread thread;
    private volatile boolean closed;
    private boolean warned;

    /**
     * Begins to keep checkpoints.
     *
     * @param folder where the file of the service is
     */
    public CheckpointKeeper(Database database, WakeUps wakeUps, Clock clock, Path folder) {
        this.database = database;
        this.file = new CheckpointFile(CheckpointFile.of(folder, database.service()));
        this.clock = clock;
        this.stopListening = wakeUps.onAppend(database.service(), appended::release);
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("checkpoints-" + database.service())
                        .start(this::keep);
    }

    private void keep() {
        try {
            while (!closed) {
                if (appended.tryAcquire(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
                    appended.drainPermits();
                    writeIfPossible();
                    TimeUnit.MILLISECONDS.sleep(INTERVAL_MILLIS);
                }
            }
        } catch (InterruptedException stop) {
            closed = true;
        }
    }

    private void writeIfPossible() {
        try {
            write();
            warned = false;
        } catch (IOException | DatabaseException failed) {
            if (!warned && !closed) {
                LOG.warn(
                        "no checkpoints are kept, the tail of the {} log is without proof outside of"
                                + " the database: cannot write {}: {}",
                        database.service(),
                        file.path(),
                        failed.toString());
            }
            warned = true;
        }
    }

    private void write() throws IOException {
        for (Checkpoint head : database.read(this::heads)) {
            @Nullable Checkpoint before = last.get(head.shard());
            if (before != null && head.position() < before.position()) {
                LOG.error(
                        "the {} log ends at {}, it ended at {} before: its tail is gone",
                        database.service(),
                        head.position(),
                        before.position());
            }
            if (before == null
                    ? head.position() > 0
                    : !head.chainHash().equals(before.chainHash())) {
                file.append(head);
                last.put(head.shard(), head);
            }
        }
    }

    private List<Checkpoint> heads(Connection transaction) throws SQLException {
        List<Checkpoint> heads = new ArrayList<>();
        try (PreparedStatement select =
                        transaction.prepareStatement(
                                "select shard, position, chain_hash from shard_head order by 1");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                heads.add(
                        Checkpoint.of(
                                clock.instant().truncatedTo(ChronoUnit.MICROS),
                                rows.getShort(1),
                                rows.getLong(2),
                                rows.getBytes(3)));
            }
        }
        return heads;
    }

    /** Writes where the log ends. */
    @Override
    public void close() {
        closed = true;
        stopListening.run();
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        writeIfPossible();
    }
}
