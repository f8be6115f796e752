package dev.meterbook.platform.consumer;

import dev.meterbook.platform.eventlog.EventReader;
import dev.meterbook.platform.jdbc.Database;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;

/** A consumer at work: how far it is, what it set aside, and what an operator may have it do. */
public final class RunningConsumer implements OperatedConsumer {

    private static final int RETRIES_AT_ONCE = 1_000;

    private final LogConsumer consumer;
    private final Database database;
    private final PoisonFilter filter;
    private final PooledStreamingEventProcessor processor;
    private final EventReader reader;
    private final ReentrantLock replaying = new ReentrantLock();

    RunningConsumer(
            LogConsumer consumer,
            Database database,
            PoisonFilter filter,
            PooledStreamingEventProcessor processor) {
        this.consumer = consumer;
        this.database = database;
        this.filter = filter;
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

    @Override
    public String name() {
        return consumer.name();
    }

    @Override
    public String service() {
        return consumer.service();
    }

    @Override
    public String log() {
        return consumer.log();
    }

    @Override
    public Optional<String> whyNotReplayable() {
        return consumer.isReplayable()
                ? Optional.empty()
                : Optional.of(consumer.whyNotReplayable());
    }

    @Override
    public long position() {
        return processor.processingStatus().values().stream()
                .map(EventTrackerStatus::getCurrentPosition)
                .mapToLong(position -> position.orElse(0))
                .findFirst()
                .orElse(0);
    }

    @Override
    public long head() {
        return database.read(reader::head);
    }

    @Override
    public long deadLetterCount() {
        return database.read(filter.letters()::count);
    }

    @Override
    public List<DeadLetter> deadLetters(String tenantId, long after, int limit) {
        return database.read(
                transaction -> filter.letters().list(transaction, tenantId, after, limit));
    }

    @Override
    public int retryDeadLetters(String tenantId) {
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

    @Override
    public void replay() {
        if (!consumer.isReplayable()) {
            throw new UnsupportedOperationException(
                    consumer.name() + ": " + consumer.whyNotReplayable());
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
