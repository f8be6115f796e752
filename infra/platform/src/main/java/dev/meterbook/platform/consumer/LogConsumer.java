package dev.meterbook.platform.consumer;

import dev.meterbook.platform.eventlog.StoredEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Turns events of a log into rows (or events) of a service, each exactly once: the position is
 * stored in the transaction that holds the output. Implemented by a bean; the platform runs it as
 * an Axon {@code PooledStreamingEventProcessor}. Events come in order of position, one batch at a
 * time.
 */
public interface LogConsumer {

    /** Stable name; its position is stored under it. */
    String name();

    /** The service in whose schema output and position are stored, such as {@code ledger}. */
    String service();

    /** The service whose log is read, such as {@code pricing}. */
    String log();

    /** Names of the events wanted; others are passed over. */
    Set<String> eventNames();

    /** Events per transaction at most, from 1 to 10,000. */
    default int batchSize() {
        return 2_000;
    }

    /**
     * How long the consumer rests behind a batch, while it keeps up with the log. The longer, the
     * fewer and larger its transactions under load, and the later its output.
     *
     * @param took how long the batch took
     */
    default Duration rest(Duration took) {
        return Rest.behind(took);
    }

    /**
     * Takes a batch.
     *
     * @param transaction connection of the run-time role; commit and close are the platform's
     * @param batch 1 to {@link #batchSize()} events in order of position
     * @throws SQLException rolls the batch back; it is tried again
     */
    void handle(Connection transaction, List<StoredEvent> batch) throws SQLException;

    /**
     * Parts an event into pieces that stand for themselves, at best one for each tenant. When the
     * event cannot be taken as a whole its pieces are tried alone, and only the one that fails is
     * set aside. Tenants of the pieces must differ. A consumer that parts events must take whole,
     * pieces and pieces that were set aside in any order, each call of them once.
     */
    default List<StoredEvent> parts(StoredEvent event) {
        return List.of(event);
    }

    /**
     * Told behind each page of the log, in its transaction, when what can be taken of it is taken.
     *
     * @param position the last position of the page, whether it was wanted or not
     * @throws SQLException rolls the page back; it is tried again
     */
    default void passed(Connection transaction, long position) throws SQLException {}

    /** True if {@link #reset} can empty the output, so that it can be made anew from the log. */
    default boolean isReplayable() {
        return false;
    }

    /** Why there is no replay, where there is none. */
    default String whyNotReplayable() {
        return "its output cannot be emptied";
    }

    /**
     * Empties the output; the log is then read from its beginning.
     *
     * @throws SQLException rolls back: nothing is emptied
     */
    default void reset(Connection transaction) throws SQLException {
        throw new UnsupportedOperationException(name() + " cannot be replayed");
    }
}
