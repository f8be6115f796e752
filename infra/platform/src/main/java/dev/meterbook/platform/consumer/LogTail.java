package dev.meterbook.platform.consumer;

import dev.meterbook.platform.eventlog.AppendOutcome.Recorded;
import dev.meterbook.platform.eventlog.EventReader;
import dev.meterbook.platform.eventlog.LogHead;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.platform.eventlog.WakeUps;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.platform.jdbc.DatabaseException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one {@link LogFollower} up to date: from the log's beginning to its head, then onwards. */
public final class LogTail implements AutoCloseable {

    private static final int PAGE = 1_000;
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);

    private final LogFollower follower;
    private final Database database;
    private final EventReader reader;
    private final ReentrantLock turn = new ReentrantLock();
    private final Semaphore wakeUps = new Semaphore(0);
    private final Thread thread;
    private final Runnable stopListening;
    private volatile long position;
    private volatile @Nullable Passed passed;
    private volatile boolean closed;

    /** Begins to follow; {@link #catchUp} tells when the state is complete. */
    LogTail(LogFollower follower, Database database, WakeUps notifications) {
        this.follower = follower;
        this.database = database;
        this.reader = new EventReader(follower.log());
        this.stopListening =
                notifications.onAppend(follower.log(), follower.eventNames(), wakeUps::release);
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("follower-" + follower.getClass().getSimpleName())
                        .unstarted(this::follow);
    }

    LogFollower follower() {
        return follower;
    }

    /** The last position that the follower has taken. */
    public long position() {
        return position;
    }

    /**
     * Takes everything that is in the log now; returns when the follower has seen it.
     *
     * @throws DatabaseException if the log cannot be read
     */
    public void catchUp() {
        turn.lock();
        try {
            takeUpTo(database.read(reader::head));
        } finally {
            turn.unlock();
        }
    }

    /**
     * Takes everything up to the end of the log, which the thread's transaction holds. If that is
     * an append that the follower passes over, see {@link #passOver}, nothing is read.
     *
     * @throws DatabaseException if the log cannot be read
     */
    public void catchUp(LogHead head) {
        turn.lock();
        try {
            Passed last = passed;
            if (last != null && position == last.after && head.endsWith(last.append)) {
                position = head.position();
            }
            takeUpTo(head.position());
        } finally {
            turn.unlock();
        }
    }

    /**
     * Tells that an append has none of the follower's events. It may still be rolled back.
     *
     * @param before the end of the log without it
     * @param append its last event
     */
    public void passOver(LogHead before, Recorded append) {
        passed = new Passed(before.position(), append);
    }

    private record Passed(long after, Recorded append) {}

    private void takeUpTo(long head) {
        while (position < head) {
            List<StoredEvent> page = database.read(transaction -> page(transaction, head));
            page.forEach(this::take);
            if (page.size() < PAGE) {
                position = head;
            }
        }
    }

    /** Events wanted among those up to the head; the others may be many and large. */
    private List<StoredEvent> page(Connection transaction, long head) throws SQLException {
        return reader.read(transaction, position, head, PAGE, follower.eventNames());
    }

    private void take(StoredEvent event) {
        follower.apply(event);
        position = event.position();
    }

    /**
     * Waits until the log exists and the follower has seen it; then goes on in the background. The
     * other service may be started later than this one.
     */
    void start() {
        boolean told = false;
        while (!closed) {
            try {
                catchUp();
                thread.start();
                return;
            } catch (DatabaseException notYet) {
                if (!told) {
                    LOG.info("waiting for the log of {}: {}", follower.log(), notYet.getMessage());
                    told = true;
                }
                pause(Duration.ofMillis(200));
            }
        }
    }

    private void follow() {
        while (!closed) {
            pause(POLL);
            try {
                catchUp();
            } catch (RuntimeException failed) {
                LOG.warn("cannot follow the log of {}, trying again", follower.log(), failed);
                sleep(POLL);
            }
        }
    }

    /** Waits for a notification, at most for a while. */
    private void pause(Duration atMost) {
        try {
            if (wakeUps.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                wakeUps.drainPermits();
            }
        } catch (InterruptedException stop) {
            closed = true;
        }
    }

    private void sleep(Duration duration) {
        try {
            TimeUnit.MILLISECONDS.sleep(duration.toMillis());
        } catch (InterruptedException stop) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        stopListening.run();
        wakeUps.release();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
