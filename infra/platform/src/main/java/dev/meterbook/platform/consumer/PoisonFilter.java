package dev.meterbook.platform.consumer;

import dev.meterbook.platform.eventlog.StoredEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a batch to a consumer such that one event that cannot be taken does not stop the others: a
 * batch that fails is halved until the culprit stands alone, its parts are tried by themselves, and
 * the part that fails is set aside. Failures of the database itself are not the event's fault; they
 * end the transaction, and the batch is tried again. A consumer is asked by one thread at a time,
 * be it with a batch or with a part that is tried once more.
 */
final class PoisonFilter {

    private static final Logger LOG = LoggerFactory.getLogger(PoisonFilter.class);

    /**
     * Connection lost, transaction rolled back, resources, operator intervention, system, internal.
     */
    private static final Set<String> NOT_THE_EVENTS_FAULT =
            Set.of("08", "25", "28", "40", "42", "53", "54", "55", "57", "58", "XX");

    private final LogConsumer consumer;
    private final DeadLetters letters;
    private final ReentrantLock alone = new ReentrantLock();

    PoisonFilter(LogConsumer consumer) {
        this.consumer = consumer;
        this.letters = new DeadLetters(consumer.name(), consumer.log());
    }

    /** What was set aside. */
    DeadLetters letters() {
        return letters;
    }

    /**
     * Takes all that can be taken and sets the rest aside. Nothing was done in the transaction
     * before: a first attempt that fails is rolled back as a whole, which spares the savepoint that
     * hardly any batch needs.
     */
    void handle(Connection transaction, List<StoredEvent> batch) throws SQLException {
        alone.lock();
        try {
            if (!isTakenAtOnce(transaction, batch)) {
                take(transaction, batch);
            }
        } finally {
            alone.unlock();
        }
    }

    private boolean isTakenAtOnce(Connection transaction, List<StoredEvent> batch)
            throws SQLException {
        try {
            consumer.handle(transaction, batch);
            return true;
        } catch (SQLException refused) {
            if (isNotTheEventsFault(refused)) {
                throw refused;
            }
        } catch (RuntimeException failure) {
            LOG.debug("{}: a batch cannot be taken as it is", consumer.name(), failure);
        }
        transaction.rollback();
        return false;
    }

    private void take(Connection transaction, List<StoredEvent> batch) throws SQLException {
        if (attempt(transaction, batch) == null) {
            return;
        }
        if (batch.size() > 1) {
            int half = batch.size() / 2;
            take(transaction, batch.subList(0, half));
            take(transaction, batch.subList(half, batch.size()));
            return;
        }
        for (StoredEvent part : partsOf(batch.getFirst())) {
            Exception failure = attempt(transaction, List.of(part));
            if (failure != null) {
                setAside(transaction, part, failure);
            }
        }
    }

    /**
     * Tries a part that was set aside once more; true if it was taken. One that is not there any
     * more, as another retry or a replay has taken it, is left alone.
     */
    boolean retry(Connection transaction, StoredEvent part) throws SQLException {
        if (!letters.hold(transaction, part)) {
            return false;
        }
        alone.lock();
        try {
            Exception failure = attempt(transaction, List.of(part));
            if (failure == null) {
                letters.remove(transaction, part);
            } else {
                letters.add(transaction, part, failure);
            }
            return failure == null;
        } finally {
            alone.unlock();
        }
    }

    private List<StoredEvent> partsOf(StoredEvent event) {
        try {
            return consumer.parts(event);
        } catch (RuntimeException unreadable) {
            LOG.debug(
                    "{}: event {} cannot be parted", consumer.name(), event.position(), unreadable);
            return List.of(event);
        }
    }

    private void setAside(Connection transaction, StoredEvent part, Exception failure)
            throws SQLException {
        LOG.error(
                "{}: position {} of the log of {} is set aside for tenant '{}': {}",
                consumer.name(),
                part.position(),
                consumer.log(),
                part.tenantId(),
                failure.toString());
        LOG.debug("{}: position {}", consumer.name(), part.position(), failure);
        letters.add(transaction, part, failure);
    }

    /**
     * Null if the events were taken; what went wrong if not, and then nothing of them is stored.
     */
    private @Nullable Exception attempt(Connection transaction, List<StoredEvent> events)
            throws SQLException {
        Savepoint before = transaction.setSavepoint();
        try {
            consumer.handle(transaction, events);
            transaction.releaseSavepoint(before);
            return null;
        } catch (SQLException refused) {
            if (isNotTheEventsFault(refused)) {
                throw refused;
            }
            transaction.rollback(before);
            return refused;
        } catch (RuntimeException failure) {
            transaction.rollback(before);
            return failure;
        }
    }

    private static boolean isNotTheEventsFault(SQLException refused) {
        String state = refused.getSQLState();
        return state == null
                || state.length() < 2
                || NOT_THE_EVENTS_FAULT.contains(state.substring(0, 2));
    }
}
