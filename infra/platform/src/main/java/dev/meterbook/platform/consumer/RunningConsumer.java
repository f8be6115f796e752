package dev.meterbook.platform.consumer;

import dev.meterbook.platform.eventlog.EventReader;
import dev.meterbook.platform.jdbc.Database;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;

/** A consumer at work: how far it is, what it set aside, and what an operator may have it do. */
public final class RunningConsumer {

    private static final int RETRIES_AT_ONCE = 1_000;

    private final LogConsumer consumer;
    private final Database database;
    private final PooledStreamingEventProcessor processor;
    private final EventReader reader;
    private final ReentrantLock replaying = new ReentrantLock();

    RunningConsumer(
            LogConsumer consumer, Database database, PooledStreamingEventProcessor processor) {
        this.consumer = consumer;
        this.database = database;
        this.processor = processor;
        this.reader = new EventReader(consumer.log());
    }

    void start() {
        processor.start();
    }

    CompletableFuture<Void> stop() {
        return processor.shutdownAsync();
    }

    /** The consumer. */
    public LogConsumer consumer() {
        return consumer;
    }

    /** Where it stands in the log; 0 at the beginning. */
    public long position() {
        return processor.processingStatus().values().stream()
                .map(EventTrackerStatus::getCurrentPosition)
                .mapToLong(position -> position.orElse(0))
                .findFirst()
                .orElse(0);
    }

    /** The end of the log that it reads. */
    public long head() {
        return database.read(reader::head);
    }

    /** How many events, or parts of events, are set aside. */
    public long deadLetterCount() {
        return database.read(transaction -> DeadLetters.count(transaction, consumer));
    }

    /**
     * What is set aside.
     *
     * @param tenantId one tenant, or "-" for all
     * @param after a position; 0 for the beginning
     * @param limit letters at most
     */
    public List<DeadLetter> deadLetters(String tenantId, long after, int limit) {
        return database.read(
                transaction -> DeadLetters.of(transaction, consumer, tenantId, after, limit));
    }

    /**
     * Tries what is set aside once more, in order, each by itself.
     *
     * @param tenantId one tenant, or "-" for all
     * @return how many were taken; the others stay
     */
    public int retryDeadLetters(String tenantId) {
        PoisonFilter filter = new PoisonFilter(consumer);
        int taken = 0;
        for (DeadLetter letter : deadLetters(tenantId, 0, RETRIES_AT_ONCE)) {
            boolean done = database.write(transaction -> filter.retry(transaction, letter.part()));
            taken += done ? 1 : 0;
        }
        return taken;
    }

    /** Takes no more events until {@link #resume}; returns when the last batch is committed. */
    public void pause() {
        processor.shutDown();
    }

    /** Goes on where it stands. */
    public void resume() {
        processor.start();
    }

    /**
     * Empties the output and reads the log from its beginning; returns when that has begun. The
     * rest of the service goes on; what is asked of this output meanwhile is answered as far as it
     * is made.
     *
     * @throws UnsupportedOperationException if the consumer is not replayable
     */
    public void replay() {
        if (!consumer.isReplayable()) {
            throw new UnsupportedOperationException(consumer.name() + " cannot be replayed");
        }
        replaying.lock();
        try {
            processor.shutDown();
            processor.resetTokens();
        } finally {
            processor.start();
            replaying.unlock();
        }
    }
}
