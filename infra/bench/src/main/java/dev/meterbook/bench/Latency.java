package dev.meterbook.bench;

import java.time.Duration;
import java.util.List;

/**
 * One paced run. Times in milliseconds, of messages: from the moment a message was acknowledged to
 * the moment its last call was seen. Looking takes place about once a millisecond, so a time is up
 * to that much too long, never too short.
 *
 * @param wanted calls a second that were to be sent
 * @param reached calls a second that were taken
 * @param rollUp until the roll-up had it
 * @param counter until Redis had counted it
 * @param cpu who used the processors meanwhile
 */
record Latency(int wanted, double reached, Times rollUp, Times counter, CpuMeter.Cpu cpu) {

    /** A run at a pace. */
    static final class Run {

        /** The first fifth is not counted. */
        private static final int SKIPPED_PART = 5;

        private static final int CALLS_IN_MESSAGE = 100;

        private final BenchSystem system;
        private final Generators generators;

        Run(BenchSystem system, Generators generators) {
            this.system = system;
            this.generators = generators;
        }

        Latency at(int callsPerSecond, Duration duration) {
            Arrivals arrivals = new Arrivals();
            CpuMeter meter = new CpuMeter(system.data());
            system.execute("checkpoint");
            try (Lookout rollUp = Lookout.forRollUp(system);
                    Lookout counter = Lookout.forCounter(system);
                    Stages stages = new Stages(system.servers())) {
                CpuMeter.Cpu before = meter.now();
                long began = System.nanoTime();
                Answers answers =
                        generators.pace(callsPerSecond, CALLS_IN_MESSAGE, duration, arrivals);
                long nanos = System.nanoTime() - began;
                CpuMeter.Cpu used = meter.now().minus(before);
                stages.awaitAll(WholeSide.PATIENCE);
                long countedFrom = began + nanos / SKIPPED_PART;
                List<Arrivals.Arrival> counted =
                        arrivals.all().stream()
                                .filter(each -> each.nanos() >= countedFrom)
                                .toList();
                return new Latency(
                        callsPerSecond,
                        answers.total() * 1e9 / nanos,
                        rollUp.times(counted),
                        counter.times(counted),
                        used);
            }
        }
    }

    /**
     * Milliseconds.
     *
     * @param median half of the messages took no longer
     * @param p99 all but a hundredth took no longer
     * @param max none took longer
     */
    record Times(double median, double p99, double max) {

        static Times of(double[] millis) {
            return new Times(
                    Spread.quantile(millis, 0.5),
                    Spread.quantile(millis, 0.99),
                    Spread.quantile(millis, 1));
        }
    }
}
