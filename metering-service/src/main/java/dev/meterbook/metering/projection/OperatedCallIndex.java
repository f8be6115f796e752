package dev.meterbook.metering.projection;

import dev.meterbook.platform.consumer.DeadLetter;
import dev.meterbook.platform.consumer.OperatedConsumer;
import dev.meterbook.platform.eventlog.EventReader;
import dev.meterbook.platform.jdbc.Database;
import java.util.List;
import java.util.Optional;

/**
 * The index of calls, as an operator sees it. Nothing is ever set aside: it reads no payload. While
 * it is made anew, calls are found by scanning what is not indexed yet.
 */
public final class OperatedCallIndex implements OperatedConsumer {

    /** Its name. */
    public static final String NAME = "call-index";

    private static final String SERVICE = "metering";

    private final Database database;
    private final EventReader log;
    private final CallIndexer indexer;

    /** The index that an indexer keeps. */
    public OperatedCallIndex(Database database, EventReader log, CallIndexer indexer) {
        this.database = database;
        this.log = log;
        this.indexer = indexer;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String service() {
        return SERVICE;
    }

    @Override
    public String log() {
        return SERVICE;
    }

    /** The head once every full block is indexed: the rest is found without the index. */
    @Override
    public long position() {
        return database.read(
                transaction -> {
                    long head = log.head(transaction);
                    long next = CallIndex.nextBlock(transaction);
                    return CallIndex.isFull(next, head)
                            ? Math.max(0, CallIndex.firstOf(next) - 1)
                            : head;
                });
    }

    @Override
    public long head() {
        return database.read(log::head);
    }

    @Override
    public long deadLetterCount() {
        return 0;
    }

    @Override
    public List<DeadLetter> deadLetters(String tenantId, long after, int limit) {
        return List.of();
    }

    @Override
    public int retryDeadLetters(String tenantId) {
        return 0;
    }

    @Override
    public Optional<String> whyNotReplayable() {
        return Optional.empty();
    }

    @Override
    public void replay() {
        database.write(
                transaction -> {
                    CallIndex.clear(transaction);
                    return null;
                });
        indexer.wake();
    }
}
