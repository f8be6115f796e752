package dev.meterbook.platform.consumer;

import java.util.List;
import java.util.Optional;

/**
 * A reader of a log, as an operator sees it. {@link RunningConsumer} is the usual one; a service
 * whose output is not in its database makes one of its own, as a bean.
 */
public interface OperatedConsumer {

    /** Stable name. */
    String name();

    /** The service that it belongs to. */
    String service();

    /** The service whose log it reads. */
    String log();

    /** Where it stands in the log; 0 at the beginning. */
    long position();

    /** The end of the log that it reads. */
    long head();

    /** How many events, or parts of events, are set aside. */
    long deadLetterCount();

    /**
     * What is set aside.
     *
     * @param tenantId one tenant, or "-" for all
     * @param after a position; 0 for the beginning
     * @param limit letters at most
     */
    List<DeadLetter> deadLetters(String tenantId, long after, int limit);

    /**
     * Tries what is set aside once more, in order, each by itself.
     *
     * @param tenantId one tenant, or "-" for all
     * @return how many were taken; the others stay
     */
    int retryDeadLetters(String tenantId);

    /** Why {@link #replay} is refused; empty if it is not. */
    Optional<String> whyNotReplayable();

    /**
     * Empties the output and reads the log from its beginning; returns when that has begun. The
     * rest of the service goes on; what is asked of this output meanwhile is answered as far as it
     * is made. What was set aside is tried again.
     *
     * @throws UnsupportedOperationException if it is not replayable
     */
    void replay();
}
