package dev.meterbook.bench;

import java.time.Duration;

/**
 * From gRPC streams to the usage log and no further: rating stands still, so nothing flows on. When
 * the clock has stopped, the other stages catch up.
 */
final class AppendSide implements Side {

    private final Meter meter;
    private final Generators generators;
    private final Stages stages;
    private final BenchSystem system;
    private final Duration duration;

    AppendSide(
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
        return "append only";
    }

    @Override
    public Measurement measure() {
        system.rating().pause();
        try {
            return meter.measure(() -> generators.send(duration, () -> false).recorded());
        } finally {
            system.rating().resume();
            stages.awaitAll(WholeSide.PATIENCE);
        }
    }
}
