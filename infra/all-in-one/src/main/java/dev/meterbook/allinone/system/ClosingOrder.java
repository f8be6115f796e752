package dev.meterbook.allinone.system;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was opened, to be closed the other way round: first the services, then Redis, then
 * PostgreSQL. Closed by whoever comes first: the end of a command, or Ctrl-C.
 */
public final class ClosingOrder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClosingOrder.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final CountDownLatch done = new CountDownLatch(1);
    private boolean closing;

    /**
     * Notes that something is open now.
     *
     * @throws CommandFailure if closing has begun; the thing is closed at once
     */
    public <T extends AutoCloseable> T add(T opened) {
        synchronized (open) {
            if (!closing) {
                open.push(opened);
                return opened;
            }
        }
        close(opened);
        throw new CommandFailure("stopped while starting");
    }

    /** True once closing has begun. */
    public boolean isClosing() {
        synchronized (open) {
            return closing;
        }
    }

    /** Waits until everything is closed. */
    public void awaitClosed() {
        try {
            done.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes everything, the last opened first; a second call does nothing. */
    @Override
    public void close() {
        synchronized (open) {
            if (closing) {
                return;
            }
            closing = true;
        }
        try {
            for (AutoCloseable next = poll(); next != null; next = poll()) {
                close(next);
            }
        } finally {
            done.countDown();
        }
    }

    private @Nullable AutoCloseable poll() {
        synchronized (open) {
            return open.poll();
        }
    }

    private static void close(AutoCloseable thing) {
        try {
            thing.close();
        } catch (Exception failed) {
            LOG.warn("cannot close {}", thing.getClass().getSimpleName(), failed);
        }
    }
}
