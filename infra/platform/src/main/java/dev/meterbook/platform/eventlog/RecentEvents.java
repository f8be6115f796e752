package dev.meterbook.platform.eventlog;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What this process has just appended to a log, for readers in the same process: they need not ask
 * the database for what it was given a moment ago. Holds committed events only, at consecutive
 * positions; whoever needs others reads the log. Bounded: the eldest go. Safe for use by many
 * threads.
 */
public final class RecentEvents {

    /** Events held at most; a power of two. */
    static final int MAX_EVENTS = 32_768;

    /** Bytes of payload held at most. */
    static final long MAX_BYTES = 32L * 1024 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable StoredEvent[] places = {};
    private long first = 1;
    private long last;
    private long bytes;

    /** Holds nothing yet. */
    public RecentEvents() {}

    /**
     * Adds what was committed.
     *
     * @param appended events at consecutive positions; may be none
     */
    void add(List<StoredEvent> appended) {
        lock.lock();
        try {
            for (StoredEvent event : appended) {
                add(event);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Holds nothing from now on: what the database has is not known any more. */
    void clear() {
        lock.lock();
        try {
            forgetAll(last + 1);
        } finally {
            lock.unlock();
        }
    }

    private void add(StoredEvent event) {
        if (event.position() != last + 1) {
            forgetAll(event.position()); // another process has appended too
        }
        if (places.length == 0) {
            places = new @Nullable StoredEvent[MAX_EVENTS];
        }
        if (event.position() - first == MAX_EVENTS) {
            forgetFirst();
        }
        last = event.position();
        places[placeOf(last)] = event;
        bytes += event.payload().length;
        while (bytes > MAX_BYTES) {
            forgetFirst();
        }
    }

    private void forgetAll(long next) {
        while (first <= last) {
            forgetFirst();
        }
        first = next;
    }

    private void forgetFirst() {
        bytes -= held(first).payload().length;
        places[placeOf(first)] = null;
        first++;
    }

    private StoredEvent held(long position) {
        return requireNonNull(places[placeOf(position)]);
    }

    private static int placeOf(long position) {
        return (int) (position & (MAX_EVENTS - 1));
    }

    /**
     * Events after a position, in order.
     *
     * @param after a position; 0 for the beginning
     * @param limit events at most, from 1
     * @return none if the next event is not held; the log may have it all the same
     */
    public List<StoredEvent> read(long after, int limit) {
        lock.lock();
        try {
            if (after + 1 < first || after >= last) {
                return List.of();
            }
            int size = (int) Math.min(limit, last - after);
            List<StoredEvent> events = new ArrayList<>(size);
            for (long position = after + 1; events.size() < size; position++) {
                events.add(held(position));
            }
            return events;
        } finally {
            lock.unlock();
        }
    }
}
