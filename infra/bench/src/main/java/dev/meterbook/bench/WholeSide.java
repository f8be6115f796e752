package dev.meterbook.bench;

import java.time.Duration;

/**
 * From gRPC streams to the last stage: the clock stops when every call is durable, rated, posted,
 * rolled up and counted in Redis. Calls that were sent before are not counted.
 */
final class WholeSide implements Side {

    /** A stage that takes nothing for so long is broken. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Meter meter;
    private final Generators generators;
    private final Stages stages;
    private final BenchSystem system;
    private final Duration duration;

    WholeSide(
            BenchSystem system,
            Meter meter,
            Generators generators,
            Stages stages,
            Duration duration) {
        this.system = system;
        this.meter = meter;
        this.generators = generators;
        this.stages = stages;
        this.duration = duration;
    }

    @Override
    public String name() {
        return "whole path";
    }

    @Override
    public Measurement measure() {
        try (StageWatch watch = new StageWatch(system)) {
            return meter.measure(() -> send(watch));
        }
    }

    private long send(StageWatch watch) {
        Answers answers = generators.send(duration, watch::isFull);
        stages.awaitAll(PATIENCE);
        return answers.recorded();
    }
}
