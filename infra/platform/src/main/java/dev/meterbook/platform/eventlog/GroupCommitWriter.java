package dev.meterbook.platform.eventlog;

import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.platform.jdbc.DatabaseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends for many callers at once: while one transaction commits, what arrives becomes the next
 * one. Under light load nothing waits, under heavy load batches grow. A submission is stored as a
 * whole or not at all, and its future completes when it is durable.
 */
public final class GroupCommitWriter implements AutoCloseable {

    /** Events that may wait; beyond them submissions are refused. */
    public static final int MAX_WAITING_EVENTS = 50_000;

    /** Events that make a batch full. */
    private static final int FULL_BATCH = 2_000;

    private static final int MAX_WAITING_SUBMISSIONS = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommitWriter.class);

    private final Database database;
    private final EventLog log;
    private final BlockingQueue<Submission> waiting =
            new ArrayBlockingQueue<>(MAX_WAITING_SUBMISSIONS);
    private final AtomicInteger waitingEvents = new AtomicInteger();
    private final Thread thread;
    private volatile boolean closed;

    /** Starts the writer's thread. */
    public GroupCommitWriter(Database database, EventLog log) {
        this.database = database;
        this.log = log;
        this.thread =
                Thread.ofPlatform().name("writer-" + database.service()).start(this::writeAll);
    }

    private record Submission(
            List<NewEvent> events, CompletableFuture<List<AppendOutcome>> answer) {}

    /**
     * Hands events over.
     *
     * @param events 1 to 1,000 events
     * @return completes with an answer for each event when they are durable; exceptionally with
     *     {@link WriterOverloadedException} if too many wait, with {@link DatabaseException} if the
     *     database refused them
     */
    public CompletableFuture<List<AppendOutcome>> submit(List<NewEvent> events) {
        Submission submission = new Submission(List.copyOf(events), new CompletableFuture<>());
        if (closed || !admit(submission)) {
            submission.answer.completeExceptionally(new WriterOverloadedException());
        }
        return submission.answer;
    }

    private boolean admit(Submission submission) {
        int size = submission.events.size();
        if (waitingEvents.addAndGet(size) <= MAX_WAITING_EVENTS && waiting.offer(submission)) {
            return true;
        }
        waitingEvents.addAndGet(-size);
        return false;
    }

    private void writeAll() {
        List<Submission> batch = new ArrayList<>();
        while (!closed || !waiting.isEmpty()) {
            try {
                Submission first = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    collect(first, batch);
                    write(batch);
                }
            } catch (InterruptedException stop) {
                closed = true;
            } catch (RuntimeException unexpected) {
                LOG.error("a batch of {} submissions failed", batch.size(), unexpected);
                batch.forEach(each -> each.answer.completeExceptionally(unexpected));
            }
            batch.clear();
        }
        refuseTheRest();
    }

    private void collect(Submission first, List<Submission> batch) {
        int size = 0;
        for (Submission next = first;
                next != null;
                next = size < FULL_BATCH ? waiting.poll() : null) {
            batch.add(next);
            size += next.events.size();
        }
        waitingEvents.addAndGet(-size);
    }

    /**
     * Stores all in one transaction; if the database refuses, each by itself, so that none suffers
     * for another.
     */
    private void write(List<Submission> batch) {
        try {
            complete(batch, append(batch));
        } catch (DatabaseException refused) {
            LOG.warn("a batch of {} submissions was refused, trying each", batch.size(), refused);
            batch.forEach(this::writeAlone);
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
        return database.write(transaction -> log.append(transaction, events));
    }

    private static void complete(List<Submission> batch, List<AppendOutcome> answers) {
        int from = 0;
        for (Submission each : batch) {
            int to = from + each.events.size();
            each.answer.complete(answers.subList(from, to));
            from = to;
        }
    }

    private void refuseTheRest() {
        for (Submission left = waiting.poll(); left != null; left = waiting.poll()) {
            left.answer.completeExceptionally(new WriterOverloadedException());
        }
    }

    /** Stores what waits, then stops. */
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
