package dev.meterbook.bench;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Looks at the stages in the background, so that who sends can see how far they are behind. */
final class StageWatch implements AutoCloseable {

    /** So many calls the slowest stage may be behind before the generator stops. */
    static final long MOST_BEHIND = 50_000;

    private static final long LOOK_MILLIS = 50;

    private final Stages stages;
    private final Thread thread;
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private volatile long behind;
    private volatile boolean closed;

    StageWatch(BenchSystem system) {
        this.stages = new Stages(system.servers());
        this.thread = Thread.ofPlatform().daemon().name("bench-watch").start(this::look);
    }

    private void look() {
        while (!closed) {
            try {
                behind = stages.progress().behind();
                Pauses.millis(LOOK_MILLIS);
            } catch (RuntimeException failed) {
                failure.compareAndSet(null, failed);
                return;
            }
        }
    }

    /** True if the generator must wait. */
    boolean isFull() {
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw new BenchFailure("the stages cannot be watched", failed);
        }
        return behind > MOST_BEHIND;
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        stages.close();
    }
}
