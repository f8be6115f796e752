package dev.meterbook.bench;

import java.util.Map;
import java.util.function.LongSupplier;

/** Takes time and processor time of one piece of work, after a checkpoint. */
final class Meter {

    private final BenchSystem system;
    private final CpuMeter cpu;
    private final Profile profile;

    Meter(BenchSystem system) {
        this.system = system;
        this.cpu = new CpuMeter(system.data());
        this.profile = new Profile(system);
    }

    /**
     * Measures.
     *
     * @param work answers how many calls it did
     */
    Measurement measure(LongSupplier work) {
        system.execute("checkpoint");
        Map<String, Long> profileBefore = profile.now();
        CpuMeter.Cpu before = cpu.now();
        long began = System.nanoTime();
        long calls = work.getAsLong();
        long nanos = System.nanoTime() - began;
        CpuMeter.Cpu used = cpu.now().minus(before);
        return new Measurement(
                calls, nanos, used, Profile.difference(profile.now(), profileBefore));
    }
}
