package dev.meterbook.platform.consumer;

import dev.meterbook.platform.eventlog.StoredEvent;
import java.util.Set;

/**
 * State in memory that follows a log from its beginning, such as the set of known tenants.
 * Implemented by a bean; the platform replays the log before the service takes calls and keeps it
 * fresh afterwards. {@link #apply} is never called by two threads at once; readers must see what it
 * publishes (volatile or concurrent fields).
 */
public interface LogFollower {

    /** The service whose log is followed, such as {@code allocation}. */
    String log();

    /** The service on whose connection the log is read. */
    String service();

    /** Names of the events wanted; others are passed over. */
    Set<String> eventNames();

    /** Takes one event; called in order of position. */
    void apply(StoredEvent event);
}
