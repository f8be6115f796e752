package dev.meterbook.budget.projection.hold;

import dev.meterbook.budget.application.admission.HoldJournal;
import dev.meterbook.budget.application.admission.HoldName;
import dev.meterbook.budget.projection.Columns;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.platform.jdbc.DatabaseException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps holds in a table. One thread writes what others hand in: while a batch is committed the
 * next one gathers. A batch that fails is tried again until the database takes it; meanwhile at
 * most {@value #MAX_WAITING} changes wait.
 */
public final class StoredHolds implements HoldJournal, AutoCloseable {

    private static final int MAX_WAITING = 20_000;
    private static final int MAX_BATCH = 1_000;
    private static final long PAUSE_MILLIS = 200;
    private static final Logger LOG = LoggerFactory.getLogger(StoredHolds.class);

    private final Database database;
    private final BlockingQueue<Change> waiting = new LinkedBlockingQueue<>();
    private final Thread writer;
    private volatile boolean closed;

    /** Begins to write into a database. */
    public StoredHolds(Database database) {
        this.database = database;
        this.writer = Thread.ofPlatform().daemon().name("hold-journal").start(this::write);
    }

    /** What is to be written. */
    sealed interface Change {
        record Placed(Entry entry) implements Change {}

        record Released(HoldName hold) implements Change {}

        record Awaiting(HoldName hold) implements Change {}

        record Mark(CompletableFuture<Boolean> reached) implements Change {}
    }

    @Override
    public boolean hasRoom() {
        return waiting.size() < MAX_WAITING && !closed;
    }

    @Override
    public void placed(Entry entry) {
        waiting.add(new Change.Placed(entry));
    }

    @Override
    public void released(HoldName hold) {
        waiting.add(new Change.Released(hold));
    }

    @Override
    public void awaitingPrice(Collection<HoldName> holds) {
        holds.forEach(hold -> waiting.add(new Change.Awaiting(hold)));
        flush();
    }

    @Override
    public void flush() {
        CompletableFuture<Boolean> reached = new CompletableFuture<>();
        waiting.add(new Change.Mark(reached));
        if (!writer.isAlive()) {
            endMarks(waiting);
        }
        reached.join();
    }

    private void write() {
        List<Change> batch = new ArrayList<>();
        try {
            while (!closed || !waiting.isEmpty()) {
                @Nullable Change first = waiting.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, MAX_BATCH - 1);
                    writeUntilTaken(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException stop) {
            closed = true;
        }
        closed = true;
        endMarks(waiting);
    }

    private void writeUntilTaken(List<Change> batch) throws InterruptedException {
        while (true) {
            try {
                var _ = database.write(transaction -> HoldRows.write(transaction, batch));
                endMarks(batch);
                return;
            } catch (DatabaseException refused) {
                LOG.warn(
                        "{} holds are not in the journal yet, trying again", batch.size(), refused);
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }

    private static void endMarks(Collection<Change> changes) {
        for (Change change : changes) {
            if (change instanceof Change.Mark(var reached)) {
                reached.complete(true);
            }
        }
    }

    @Override
    public List<Entry> open(Instant now) {
        String sql =
                """
                select tenant_id, hold_id, fingerprint, answer, parts, expire_time, live_millis,
                    awaits_price
                from hold
                where not released and (expire_time > ? or awaits_price)
                """;
        return database.read(
                transaction -> {
                    List<Entry> entries = new ArrayList<>();
                    try (PreparedStatement select = transaction.prepareStatement(sql)) {
                        select.setObject(1, Columns.parameter(now));
                        try (ResultSet rows = select.executeQuery()) {
                            while (rows.next()) {
                                entries.add(entry(rows));
                            }
                        }
                    }
                    return entries;
                });
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                new HoldName(row.getString("tenant_id"), row.getString("hold_id")),
                row.getString("fingerprint"),
                row.getString("answer"),
                Columns.moment(row, "expire_time"),
                Duration.ofMillis(row.getLong("live_millis")),
                row.getBoolean("awaits_price") ? Ending.WITH_A_PRICE : Ending.BY_ITSELF,
                PartTexts.read(row.getString("parts")));
    }

    @Override
    public void forgetEndedBefore(Instant moment) {
        String sql = "delete from hold where expire_time < ? and (released or not awaits_price)";
        var _ =
                database.write(
                        transaction -> {
                            try (PreparedStatement delete = transaction.prepareStatement(sql)) {
                                delete.setObject(1, Columns.parameter(moment));
                                return delete.executeUpdate();
                            }
                        });
    }

    /** Writes what waits, then stops. */
    @Override
    public void close() {
        closed = true;
        try {
            writer.join(TimeUnit.SECONDS.toMillis(10));
            writer.interrupt();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
