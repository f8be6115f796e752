package dev.meterbook.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole path for a longer time.
 *
 * @param measurement all of it, the last stage's last call included
 * @param windows calls a second that the slowest stage took, in windows of {@link #WINDOW}
 * @param heapEarly most bytes of heap used after a collection in the first third
 * @param heapLate the same in the last third
 */
record Steady(Measurement measurement, Spread windows, long heapEarly, long heapLate) {

    /** How long a window is. */
    static final Duration WINDOW = Duration.ofSeconds(5);

    /** Runs it. */
    static Steady run(BenchSystem system, Meter meter, Generators generators, Duration duration) {
        try (HeapWatch heap = new HeapWatch();
                Stages stages = new Stages(system.servers());
                Sampler sampler = new Sampler(system)) {
            Measurement measurement =
                    new WholeSide(system, meter, generators, stages, duration).measure();
            return new Steady(
                    measurement,
                    sampler.windows(),
                    heap.greatest(0, 1.0 / 3),
                    heap.greatest(2.0 / 3, 1));
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
