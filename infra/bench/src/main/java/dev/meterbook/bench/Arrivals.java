package dev.meterbook.bench;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** When calls were acknowledged. */
final class Arrivals {

    private final ConcurrentLinkedQueue<Arrival> arrivals = new ConcurrentLinkedQueue<>();

    /**
     * An answered message.
     *
     * @param nanos when its answer arrived, on the clock of {@link System#nanoTime}
     * @param position the highest position in it
     */
    record Arrival(long nanos, long position) {}

    /** An answer is here. */
    void acknowledged(long position) {
        arrivals.add(new Arrival(System.nanoTime(), position));
    }

    /** All of them. */
    List<Arrival> all() {
        return List.copyOf(arrivals);
    }
}
