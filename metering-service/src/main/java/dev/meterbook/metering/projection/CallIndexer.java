package dev.meterbook.metering.projection;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.meterbook.metering.application.LogProgress;
import dev.meterbook.platform.eventlog.EventReader;
import dev.meterbook.platform.eventlog.RecentEvents;
import dev.meterbook.platform.jdbc.Database;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@link CallIndex} behind the log, on a thread of its own, woken when a block fills up.
 * Several processes may run it: the row of the head puts them in line. If it fails, it tries again
 * a second later; until then readers scan a longer tail.
 */
public final class CallIndexer implements LogProgress, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CallIndexer.class);
    private static final long RETRY_SECONDS = 1;

    private final Database database;
    private final EventReader log;
    private final RecentEvents recent;
    private final AtomicLong wokenFor = new AtomicLong(-1);
    private final AtomicBoolean isRetryDue = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("call-index").factory());

    /**
     * Indexes what was recorded before the start.
     *
     * @param recent what this process has just appended to the log
     */
    public CallIndexer(Database database, EventReader log, RecentEvents recent) {
        this.database = database;
        this.log = log;
        this.recent = recent;
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        wake();
    }

    @Override
    public void reached(long position) {
        long block = CallIndex.blockOf(position);
        long before = wokenFor.get();
        if (block > before && wokenFor.compareAndSet(before, block)) {
            wake();
        }
    }

    /** Indexes, in the background, all full blocks that are not indexed. */
    void wake() {
        run(this::indexFullBlocks, 0);
    }

    private void run(Runnable task, long seconds) {
        try {
            var _ = thread.schedule(task, seconds, SECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("the index catches up at the next start", closed);
        }
    }

    private void indexFullBlocks() {
        try {
            long head = database.read(log::head);
            while (database.write(
                    transaction -> CallIndex.indexNextBlock(transaction, head, recent))) {
                // one transaction a block: short locks, and a stop loses one block at most
            }
        } catch (RuntimeException refused) {
            LOG.warn("the index of calls stays behind, and tries again", refused);
            if (isRetryDue.compareAndSet(false, true)) {
                run(this::tryAgain, RETRY_SECONDS);
            }
        }
    }

    private void tryAgain() {
        isRetryDue.set(false);
        indexFullBlocks();
    }

    @Override
    public void close() {
        thread.close();
    }
}
