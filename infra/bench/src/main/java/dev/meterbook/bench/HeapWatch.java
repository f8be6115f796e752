package dev.meterbook.bench;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/** Notes how much of the heap is used after each collection. */
final class HeapWatch implements AutoCloseable {

    private static final List<String> OUTSIDE = List.of("Metaspace", "Compressed", "CodeHeap");

    private final List<Long> usedAfter = new CopyOnWriteArrayList<>();
    private final List<NotificationEmitter> collectors = new ArrayList<>();
    private final NotificationListener listener = this::collected;

    HeapWatch() {
        for (Object collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener(listener, null, null);
                collectors.add(emitter);
            }
        }
    }

    /** Bytes of heap that are live: used after a full collection, which this asks for. */
    static long live() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private void collected(Notification notification, Object none) {
        if (notification.getUserData() instanceof CompositeData data) {
            long used =
                    GarbageCollectionNotificationInfo.from(data)
                            .getGcInfo()
                            .getMemoryUsageAfterGc()
                            .entrySet()
                            .stream()
                            .filter(pool -> OUTSIDE.stream().noneMatch(pool.getKey()::contains))
                            .mapToLong(pool -> pool.getValue().getUsed())
                            .sum();
            usedAfter.add(used);
        }
    }

    /**
     * The greatest use after a collection.
     *
     * @param from share of the collections that lie before, from 0 to 1
     * @param to share of the collections up to which is looked
     * @return bytes; 0 if nothing was collected
     */
    long greatest(double from, double to) {
        List<Long> all = List.copyOf(usedAfter);
        return all.subList((int) (all.size() * from), (int) Math.ceil(all.size() * to)).stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    @Override
    public void close() {
        for (NotificationEmitter collector : collectors) {
            try {
                collector.removeNotificationListener(listener);
            } catch (ListenerNotFoundException gone) {
                // It was removed already, and that is all that is wanted.
            }
        }
    }
}
