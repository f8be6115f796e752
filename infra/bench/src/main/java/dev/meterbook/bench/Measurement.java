package dev.meterbook.bench;

import java.util.Map;

/**
 * One side of one round.
 *
 * @param calls how many calls
 * @param nanos how long they took
 * @param cpu what they cost
 * @param profile the same by part, in microseconds; empty if not looked at
 */
record Measurement(long calls, long nanos, CpuMeter.Cpu cpu, Map<String, Long> profile) {

    /** Above this share of others a round does not count as undisturbed. */
    private static final double MOST_FOREIGN = 0.10;

    /** Copies. */
    Measurement {
        profile = Map.copyOf(profile);
    }

    /** Calls a second. */
    double rate() {
        return nanos == 0 ? 0 : calls * 1e9 / nanos;
    }

    /** Processor time of a call in microseconds, all processes of ours together. */
    double cpuPerCall() {
        return perCall(cpu.own());
    }

    /** A time in microseconds, for one call. */
    double perCall(long micros) {
        return calls == 0 ? 0 : micros / (double) calls;
    }

    /** True if others used more than a tenth of the machine. */
    boolean isDisturbed() {
        return cpu.foreignShare() > MOST_FOREIGN;
    }
}
