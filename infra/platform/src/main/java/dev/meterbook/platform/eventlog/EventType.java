package dev.meterbook.platform.eventlog;

/**
 * The stable name and revision under which an event is stored: never a class name.
 *
 * @param name service and past tense, such as {@code metering.UsageRecorded}; up to 100 characters
 * @param revision from 1; raised when the content changes its meaning
 */
public record EventType(String name, int revision) {

    /** Revision 1 of a name. */
    public static EventType of(String name) {
        return new EventType(name, 1);
    }

    @Override
    public String toString() {
        return name + "/" + revision;
    }
}
