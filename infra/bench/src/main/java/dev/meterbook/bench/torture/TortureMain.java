package dev.meterbook.bench.torture;

import dev.meterbook.allinone.demo.ProgressLine;
import dev.meterbook.allinone.system.ClosingOrder;
import dev.meterbook.allinone.system.CommandFailure;
import dev.meterbook.bench.PassingFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program behind {@code ./meterbook torture}. */
@Command(
        name = "torture",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Feeds a Meterbook of six processes while they, PostgreSQL and Redis are killed,"
                        + " stopped, cut off and held up, and checks after each scenario that nothing"
                        + " is missing, nothing doubled and every sum exact. Ends with 0 only if all"
                        + " of it holds. Uses a data folder of its own, which goes at the end.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class TortureMain implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final int STOPPED = 130;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of calls and random moments (default: a random one, which is told).")
    private @Nullable Long seed;

    @Option(
            names = "--calls",
            paramLabel = "N",
            defaultValue = "5000",
            description =
                    "Calls that each scenario sends at least, 100 to 1000000 (default:"
                            + " ${DEFAULT-VALUE}).")
    private int calls;

    @Option(
            names = "--times",
            paramLabel = "N",
            defaultValue = "3",
            description =
                    "How often each fault of a scenario happens, 1 to 1000 (default:"
                            + " ${DEFAULT-VALUE}).")
    private int times;

    @Option(
            names = "--scenario",
            arity = "1..*",
            paramLabel = "NAME",
            description = "Only these scenarios (default: all); see --list.")
    private @Nullable List<String> names;

    @Option(names = "--list", description = "Tell the scenarios, and end.")
    private boolean list;

    @Option(names = "--keep", description = "Keep the data folder with its logs.")
    private boolean keep;

    TortureMain() {}

    /** Runs the torture; the status is 0 only if all checks hold. */
    public static void main(String[] arguments) {
        System.setProperty(
                "logback.configurationFile",
                System.getProperty("logback.configurationFile", "logback-all-in-one.xml"));
        System.exit(execute(arguments));
    }

    /** As {@link #main}, without ending the process. */
    static int execute(String... arguments) {
        return new CommandLine(new TortureMain())
                .setExecutionExceptionHandler(
                        (failed, command, parsed) -> {
                            if (failed instanceof CommandFailure) {
                                System.err.println("meterbook torture: " + failed.getMessage());
                                return FAILED;
                            }
                            throw failed;
                        })
                .execute(arguments);
    }

    @Override
    public Integer call() {
        List<Scenario> chosen = chosen();
        if (list) {
            chosen.forEach(each -> System.out.printf("%-18s %s%n", each.name(), each.what()));
            return 0;
        }
        requireBetween("--calls", calls, 100, 1_000_000);
        requireBetween("--times", times, 1, 1_000);
        Path folder = PassingFolder.make("torture");
        System.setProperty("meterbook.log", folder.resolve("logs/torture.log").toString());
        ClosingOrder closing = new ClosingOrder();
        Thread stop = new Thread(() -> end(closing, folder), "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            return run(chosen, folder, closing);
        } catch (RuntimeException failed) {
            if (closing.isClosing()) {
                closing.awaitClosed();
                return STOPPED;
            }
            throw failed;
        } finally {
            end(closing, folder);
        }
    }

    private List<Scenario> chosen() {
        List<String> wanted = names == null ? List.of() : names;
        List<String> known = Torture.SCENARIOS.stream().map(Scenario::name).toList();
        for (String name : wanted) {
            if (!known.contains(name)) {
                throw new CommandFailure(
                        "--scenario: %s (expected: one of %s)"
                                .formatted(name, String.join(", ", known)));
            }
        }
        return Torture.SCENARIOS.stream()
                .filter(each -> wanted.isEmpty() || wanted.contains(each.name()))
                .toList();
    }

    private static void requireBetween(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new CommandFailure(
                    "%s: %d (expected: %d to %d)".formatted(option, value, least, most));
        }
    }

    private void end(ClosingOrder closing, Path folder) {
        closing.close();
        closing.awaitClosed();
        if (!keep) {
            PassingFolder.delete(folder);
        }
    }

    private int run(List<Scenario> scenarios, Path folder, ClosingOrder closing) {
        long number = seed == null ? new SplittableRandom().nextInt(1, Integer.MAX_VALUE) : seed;
        Telling telling = new Telling(System.out, ProgressLine.Style.ofThisProcess());
        long began = System.nanoTime();
        telling.line("seed %d, %,d calls a scenario, data in %s".formatted(number, calls, folder));
        telling.line("starting PostgreSQL, Redis and six service processes");
        Torture torture =
                Torture.start(
                        folder,
                        new Arena.Plan(Torture.shape(number), calls, times),
                        telling,
                        closing);
        int done = 0;
        for (Scenario scenario : scenarios) {
            if (!holds(torture, scenario, telling, closing)) {
                telling.line("");
                telling.line(
                        "FAILED in %s after %d scenarios; again with: --seed %d --calls %d --times %d"
                                .formatted(scenario.name(), done, number, calls, times));
                return FAILED;
            }
            done++;
        }
        telling.line("");
        telling.line(
                "all checks hold: %s; %,d calls in %d s; seed %d"
                        .formatted(
                                scenarios.stream()
                                        .map(Scenario::name)
                                        .collect(Collectors.joining(", ")),
                                torture.sent(),
                                Duration.ofNanos(System.nanoTime() - began).toSeconds(),
                                number));
        return 0;
    }

    private static boolean holds(
            Torture torture, Scenario scenario, Telling telling, ClosingOrder closing) {
        try {
            return torture.run(scenario).isEmpty();
        } catch (TortureFailure failed) {
            if (!closing.isClosing()) {
                telling.line("  FAILED  " + failed.getMessage());
            }
            return false;
        }
    }
}
