package dev.meterbook.bench;

import dev.meterbook.allinone.system.CommandFailure;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The program behind {@code ./meterbook bench}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Measures how fast calls are metered, rated, booked, allocated and counted, beside"
                        + " a bare COPY of the same rows and a stock Axon event store, on one"
                        + " PostgreSQL. Ends with 0, or with 2 if the books are wrong (then no speed is"
                        + " told), or with 3 if others used the machine meanwhile.")
public final class BenchMain implements Callable<Integer> {

    /** Status of a run whose books were wrong. */
    static final int BROKEN = 2;

    /** Status of a run with rounds in which others used more than a tenth of the machine. */
    static final int DISTURBED = 3;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets the field
    private BenchOptions options;

    @Option(
            names = "--jmh",
            description =
                    "Run the benchmarks of the pure parts instead; --jmh-filter chooses some.")
    private boolean micro;

    @Option(
            names = "--jmh-filter",
            defaultValue = "",
            paramLabel = "REGEX",
            description = "Which of them (default: all).")
    @SuppressWarnings("NullAway.Init") // picocli sets the field
    private String filter;

    BenchMain() {}

    /** Runs the benchmark. */
    public static void main(String[] arguments) {
        System.setProperty(
                "logback.configurationFile",
                System.getProperty("logback.configurationFile", "logback-all-in-one.xml"));
        System.exit(execute(arguments));
    }

    /** As {@link #main}, without ending the process. */
    static int execute(String... arguments) {
        return new CommandLine(new BenchMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(
                        (failed, command, parsed) -> {
                            if (failed instanceof CommandFailure) {
                                System.err.println("meterbook bench: " + failed.getMessage());
                                return 1;
                            }
                            throw failed;
                        })
                .execute(arguments);
    }

    @Override
    public Integer call() throws IOException, RunnerException {
        if (micro) {
            MicroBenches.run(filter);
            return 0;
        }
        Plan plan = options.plan();
        System.setProperty("meterbook.log", plan.data().resolve("logs/bench.log").toString());
        return new Bench(plan, System.out).run().status();
    }
}
