package dev.meterbook.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole path for a longer time.
 *
 * @param measurement all of it, the last stage's last call included
 * @param windows calls a second that the slowest stage took, in windows of {@link #WINDOW}
 * @param heap how much of the heap it took
 */
record Steady(Measurement measurement, Spread windows, Heap heap) {

    /** How long a window is. */
    static final Duration WINDOW = Duration.ofSeconds(5);

    /**
     * How much of the heap a run took, in bytes. What is live grows where something is kept; what
     * is used after a collection holds garbage too, which only a full one finds.
     *
     * @param liveBefore live before the run
     * @param liveAfter live after it
     * @param early most used after a collection in the first third
     * @param late the same in the last third
     */
    record Heap(long liveBefore, long liveAfter, long early, long late) {}

    /** Runs it. */
    static Steady run(BenchSystem system, Meter meter, Generators generators, Duration duration) {
        long liveBefore = HeapWatch.live();
        try (HeapWatch heap = new HeapWatch();
                Stages stages = new Stages(system.servers());
                Sampler sampler = new Sampler(system)) {
            Measurement measurement =
                    new WholeSide(system, meter, generators, stages, duration).measure();
            long early = heap.greatest(0, 1.0 / 3);
            long late = heap.greatest(2.0 / 3, 1);
            return new Steady(
                    measurement,
                    sampler.windows(),
                    new Heap(liveBefore, HeapWatch.live(), early, late));
        }
    }

    /** Looks once a window. */
    private static final class Sampler implements AutoCloseable {

        private final Stages stages;
        private final List<Double> rates = new ArrayList<>();
        private final Thread thread;

        Sampler(BenchSystem system) {
            this.stages = new Stages(system.servers());
            this.thread = Thread.ofPlatform().daemon().name("bench-sampler").start(this::sample);
        }

        private void sample() {
            long nanos = System.nanoTime();
            long taken = stages.progress().slowest();
            try {
                while (true) {
                    Thread.sleep(WINDOW);
                    long nowTaken = stages.progress().slowest();
                    long now = System.nanoTime();
                    rates.add((nowTaken - taken) * 1e9 / (now - nanos));
                    nanos = now;
                    taken = nowTaken;
                }
            } catch (InterruptedException stop) {
                // The run is over; a window that was begun does not count.
            }
        }

        Spread windows() {
            stop();
            return rates.isEmpty() ? new Spread(0, 0, 0) : Spread.of(rates);
        }

        private void stop() {
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            stop();
            stages.close();
        }
    }
}
