package dev.meterbook.budget.config;

import dev.meterbook.budget.application.CountersUnavailableException;
import dev.meterbook.budget.application.counting.CounterKeeper;
import dev.meterbook.platform.consumer.Rest;
import dev.meterbook.platform.eventlog.WakeUps;
import dev.meterbook.platform.jdbc.DatabaseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that counts. It is woken when calls were rated or budgets changed, and looks by itself
 * once in a while. Where another process counts, it stands back and looks every second.
 */
final class CountingLoop implements AutoCloseable {

    private static final long POLL_MILLIS = 250;
    private static final long STAND_BACK_MILLIS = 1_000;

    /** SQL state of a missing table. */
    private static final String NO_SUCH_TABLE = "42P01";

    private static final Logger LOG = LoggerFactory.getLogger(CountingLoop.class);

    private final CounterKeeper keeper;
    private final Semaphore wakeUps = new Semaphore(0);
    private final List<Runnable> stopListening;
    private final Thread thread;
    private volatile boolean closed;
    private boolean toldUnavailable;

    CountingLoop(CounterKeeper keeper, WakeUps notifications) {
        this.keeper = keeper;
        this.stopListening =
                List.of(
                        notifications.onAppend("pricing", wakeUps::release),
                        notifications.onAppend("budget", wakeUps::release));
        this.thread = Thread.ofPlatform().daemon().name("budget-counting").start(this::run);
    }

    private void run() {
        try {
            while (!closed) {
                nextOrPause();
            }
        } catch (InterruptedException stop) {
            closed = true;
        }
    }

    private void nextOrPause() throws InterruptedException {
        try {
            next();
        } catch (RuntimeException failed) {
            if (!closed) {
                LOG.error("counting failed, trying again", failed);
            }
            TimeUnit.MILLISECONDS.sleep(STAND_BACK_MILLIS);
        }
    }

    private void next() throws InterruptedException {
        try {
            long began = System.nanoTime();
            switch (keeper.round()) {
                case MORE -> {}
                case NOTHING -> {
                    Duration took = Duration.ofNanos(System.nanoTime() - began);
                    TimeUnit.NANOSECONDS.sleep(Rest.behind(took).toNanos());
                    awaitNews();
                }
                case LEFT_TO_OTHERS -> TimeUnit.MILLISECONDS.sleep(STAND_BACK_MILLIS);
            }
            toldUnavailable = false;
        } catch (CountersUnavailableException unavailable) {
            tellOnce(unavailable);
        } catch (DatabaseException refused) {
            if (!refused.sqlState().equals(NO_SUCH_TABLE)) {
                throw refused;
            }
            tellOnce(refused);
        }
    }

    /** The rating log may not be there yet: its service may start later than this one. */
    private void tellOnce(RuntimeException passing) throws InterruptedException {
        if (!toldUnavailable) {
            LOG.warn("not counting, trying again: {}", passing.getMessage());
            toldUnavailable = true;
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }

    private void awaitNews() throws InterruptedException {
        if (wakeUps.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            wakeUps.drainPermits();
        }
    }

    @Override
    public void close() {
        closed = true;
        stopListening.forEach(Runnable::run);
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
