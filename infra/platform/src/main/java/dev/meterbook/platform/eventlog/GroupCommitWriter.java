package dev.meterbook.platform.eventlog;

import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.platform.jdbc.DatabaseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends for many callers at once: while one transaction commits, what arrives becomes the next
 * one. Under light load nothing waits, under heavy load batches grow. A submission is stored as a
 * whole or not at all, and its future completes when it is durable.
 *
 * <p>There is one writer of a shard, the holder of its lease; see {@link ShardLease}. Tenants take
 * turns; see {@link FairQueue}.
 */
public final class GroupCommitWriter implements AutoCloseable {

    /** Events that may wait; beyond them submissions are refused. */
    public static final int MAX_WAITING_EVENTS = 50_000;

    /** Events that make a batch full. */
    private static final int FULL_BATCH = 2_000;

    /** How long a submission waits for the lease: longer than that of a writer that died. */
    private static final Duration PATIENCE = ShardLease.LENGTH.plusSeconds(1);

    private static final int PAUSE_MILLIS = 100;
    private static final String UNIQUE_VIOLATION = "23505";
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommitWriter.class);

    private final Database database;
    private final EventLog log;
    private final ShardLease lease;
    private final RecentEvents recent;
    private final RecentKeys keys = new RecentKeys();
    private final FairQueue<Submission> waiting = new FairQueue<>(MAX_WAITING_EVENTS);
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Starts the writer's thread.
     *
     * @param recent is given what was appended, for readers in this process
     */
    public GroupCommitWriter(Database database, EventLog log, RecentEvents recent) {
        this.database = database;
        this.log = log;
        this.recent = recent;
        this.lease = new ShardLease(database, log.reader().log());
        this.thread =
                Thread.ofPlatform().name("writer-" + database.service()).start(this::writeAll);
    }

    private record Submission(
            List<NewEvent> events,
            CompletableFuture<List<AppendOutcome>> answer,
            long arrivedNanos) {

        boolean isOld() {
            return System.nanoTime() - arrivedNanos > PATIENCE.toNanos();
        }
    }

    /**
     * Hands events over.
     *
     * @param events 1 to 1,000 events
     * @return completes with an answer for each event when they are durable; exceptionally with
     *     {@link WriterOverloadedException} if too many wait, with {@link WriterElsewhereException}
     *     if another process is the writer, with {@link DatabaseException} if the database refused
     *     them
     */
    public CompletableFuture<List<AppendOutcome>> submit(List<NewEvent> events) {
        Submission submission =
                new Submission(List.copyOf(events), new CompletableFuture<>(), System.nanoTime());
        if (closed || !waiting.offer(tenantOf(events), submission, events.size())) {
            submission.answer.completeExceptionally(new WriterOverloadedException());
        }
        return submission.answer;
    }

    /** Whose turn a submission takes; one of several tenants takes that of its first. */
    private static String tenantOf(List<NewEvent> events) {
        return events.getFirst().tenantId();
    }

    private void writeAll() {
        while (!closed || !waiting.isEmpty()) {
            try {
                if (lease.hold()) {
                    writeNext();
                } else {
                    refuseOld();
                    pause();
                }
            } catch (DatabaseException unreachable) {
                recent.clear();
                LOG.warn(
                        "{}: cannot take the lease, trying again", database.service(), unreachable);
                refuseOld();
                pause();
            }
        }
        refuseTheRest();
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stop) {
            closed = true;
        }
    }

    private void writeNext() {
        Submission first = next();
        if (first == null) {
            return;
        }
        List<Submission> batch = collect(first);
        try {
            write(batch);
        } catch (RuntimeException unexpected) {
            LOG.error("a batch of {} submissions failed", batch.size(), unexpected);
            batch.forEach(each -> each.answer.completeExceptionally(unexpected));
        }
    }

    private @Nullable Submission next() {
        try {
            return waiting.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            closed = true;
            return null;
        }
    }

    private List<Submission> collect(Submission first) {
        List<Submission> batch = new ArrayList<>();
        int size = 0;
        for (Submission next = first;
                next != null;
                next = size < FULL_BATCH ? waiting.poll() : null) {
            batch.add(next);
            size += next.events.size();
        }
        return batch;
    }

    /**
     * Stores all in one transaction; if the database refuses, each by itself, so that none suffers
     * for another.
     */
    private void write(List<Submission> batch) {
        try {
            complete(batch, append(batch));
        } catch (DatabaseException refused) {
            recent.clear();
            if (refused.getCause() instanceof WriterFencedException) {
                lease.lost();
                batch.forEach(
                        each -> each.answer.completeExceptionally(new WriterElsewhereException()));
            } else if (UNIQUE_VIOLATION.equals(refused.sqlState()) && keys.doubt()) {
                write(batch);
            } else {
                LOG.warn("{} submissions were refused, trying each", batch.size(), refused);
                batch.forEach(this::writeAlone);
            }
        }
    }

    private void writeAlone(Submission submission) {
        try {
            complete(List.of(submission), append(List.of(submission)));
        } catch (DatabaseException refused) {
            submission.answer.completeExceptionally(refused);
        }
    }

    private List<AppendOutcome> append(List<Submission> batch) {
        List<NewEvent> events = new ArrayList<>();
        batch.forEach(each -> events.addAll(each.events));
        List<NewEvent> doubtful = keys.toLookUp(events);
        EventLog.Appended appended =
                database.write(
                        transaction -> log.append(transaction, events, doubtful, lease.epoch()));
        recent.add(appended.stored());
        keys.learn(events, appended.answers());
        return appended.answers();
    }

    private static void complete(List<Submission> batch, List<AppendOutcome> answers) {
        int from = 0;
        for (Submission each : batch) {
            int to = from + each.events.size();
            each.answer.complete(answers.subList(from, to));
            from = to;
        }
    }

    /** The lease is elsewhere: who has waited long enough should not wait for it any longer. */
    private void refuseOld() {
        List<Submission> patient = new ArrayList<>();
        for (Submission next = waiting.poll(); next != null; next = waiting.poll()) {
            patient.add(next);
        }
        for (Submission each : patient) {
            if (each.isOld() || !waiting.offer(tenantOf(each.events), each, each.events.size())) {
                each.answer.completeExceptionally(new WriterElsewhereException());
            }
        }
    }

    private void refuseTheRest() {
        for (Submission left = waiting.poll(); left != null; left = waiting.poll()) {
            left.answer.completeExceptionally(new WriterElsewhereException());
        }
        lease.release();
    }

    /** Stores what waits, then lets the next writer begin. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
