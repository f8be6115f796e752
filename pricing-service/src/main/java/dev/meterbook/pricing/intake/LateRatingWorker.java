package dev.meterbook.pricing.intake;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs {@link LateRating} when the process starts and whenever the price book has grown. */
@Singleton
public final class LateRatingWorker implements AutoCloseable {

    private static final long LOOK_AGAIN_SECONDS = 30;
    private static final Logger LOG = LoggerFactory.getLogger(LateRatingWorker.class);

    private final LateRating lateRating;
    private final Semaphore wakeUps = new Semaphore(1);
    private final Thread thread;
    private volatile boolean closed;

    LateRatingWorker(LateRating lateRating, PriceFacts facts) {
        this.lateRating = lateRating;
        facts.onGrowth(wakeUps::release);
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("pricing-late-rating")
                        .start(this::runUntilClosed);
    }

    private void runUntilClosed() {
        while (!closed) {
            try {
                if (wakeUps.tryAcquire(LOOK_AGAIN_SECONDS, TimeUnit.SECONDS)) {
                    wakeUps.drainPermits();
                }
                lateRating.rateWaiting();
            } catch (InterruptedException stop) {
                closed = true;
            } catch (RuntimeException failed) {
                reportUnlessClosed(failed);
            }
        }
    }

    private void reportUnlessClosed(RuntimeException failed) {
        if (!closed) {
            LOG.warn("calls that waited for a price were not rated, trying again", failed);
        }
    }

    @PreDestroy
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
