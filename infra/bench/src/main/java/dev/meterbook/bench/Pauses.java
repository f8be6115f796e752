package dev.meterbook.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Short sleeps between looks. */
public final class Pauses {

    private Pauses() {}

    /** Sleeps until a moment of {@link System#nanoTime}; returns at once if it has passed. */
    public static void until(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Sleeps so long. */
    public static void millis(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("stopped", stop);
        }
    }
}
