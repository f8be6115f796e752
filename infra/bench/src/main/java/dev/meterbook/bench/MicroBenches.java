package dev.meterbook.bench;

import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks of the pure parts. */
final class MicroBenches {

    private MicroBenches() {}

    static void run(String filter) throws RunnerException {
        Options options =
                new OptionsBuilder().include("dev\\.meterbook\\.bench\\.micro.*" + filter).build();
        new Runner(options).run();
    }
}
