package dev.meterbook.platform.eventlog;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue in which no tenant stands in the way of another: tenants take turns, and each has
 * its own order. One tenant alone may fill half of the queue; the rest is left for the others. Safe
 * for use by many threads.
 *
 * @param <T> what waits
 */
final class FairQueue<T> {

    private record Waiting<T>(T item, int weight) {}

    private static final class Line<T> {
        private final Queue<Waiting<T>> items = new ArrayDeque<>();
        private int weight;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Map<String, Line<T>> lines = new HashMap<>();
    private final Queue<String> turns = new ArrayDeque<>();
    private final int maxWeight;
    private int weight;

    /**
     * An empty queue.
     *
     * @param maxWeight sum of weights at most
     */
    FairQueue(int maxWeight) {
        this.maxWeight = maxWeight;
    }

    /**
     * Puts something at the end of a tenant's line.
     *
     * @return false if there is no room: nothing was taken
     */
    boolean offer(String tenantId, T item, int itemWeight) {
        lock.lock();
        try {
            int ofTenant = lines.containsKey(tenantId) ? lines.get(tenantId).weight : 0;
            if (weight + itemWeight > maxWeight || ofTenant + itemWeight > maxWeight / 2) {
                return false;
            }
            append(tenantId, new Waiting<>(item, itemWeight));
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void append(String tenantId, Waiting<T> waiting) {
        Line<T> line = lines.computeIfAbsent(tenantId, any -> new Line<>());
        if (line.items.isEmpty()) {
            turns.add(tenantId);
        }
        line.items.add(waiting);
        line.weight += waiting.weight;
        weight += waiting.weight;
        arrived.signal();
    }

    /** The next in turn; null if nothing waits. */
    @Nullable T poll() {
        lock.lock();
        try {
            return next();
        } finally {
            lock.unlock();
        }
    }

    /** The next in turn; waits for it, and gives null when the time is over. */
    @Nullable T poll(long timeout, TimeUnit unit) throws InterruptedException {
        long left = unit.toNanos(timeout);
        lock.lock();
        try {
            while (turns.isEmpty() && left > 0) {
                left = arrived.awaitNanos(left);
            }
            return next();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable T next() {
        String tenantId = turns.poll();
        Line<T> line = tenantId == null ? null : lines.get(tenantId);
        Waiting<T> first = line == null ? null : line.items.poll();
        if (tenantId == null || line == null || first == null) {
            return null;
        }
        line.weight -= first.weight;
        weight -= first.weight;
        if (line.items.isEmpty()) {
            lines.remove(tenantId);
        } else {
            turns.add(tenantId);
        }
        return first.item;
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return turns.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
