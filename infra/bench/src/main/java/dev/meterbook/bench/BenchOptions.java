package dev.meterbook.bench;

import dev.meterbook.allinone.system.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What can be chosen on the command line. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class BenchOptions {

    @Option(
            names = "--rounds",
            defaultValue = "5",
            description = "Measured rounds (default: ${DEFAULT-VALUE}).")
    int rounds;

    @Option(
            names = "--warm",
            defaultValue = "4",
            description = "Rounds before them, shown and not counted (default: ${DEFAULT-VALUE}).")
    int warm;

    @Option(
            names = "--round-seconds",
            defaultValue = "4",
            description = "Load of one side of a round (default: ${DEFAULT-VALUE}).")
    int roundSeconds;

    @Option(
            names = "--seconds",
            defaultValue = "60",
            description =
                    "Length of the run at steady load after the rounds; 0 for none (default:"
                            + " ${DEFAULT-VALUE}).")
    int seconds;

    @Option(
            names = "--latency-seconds",
            defaultValue = "15",
            description = "Length of each paced run (default: ${DEFAULT-VALUE}).")
    int latencySeconds;

    @Option(
            names = "--rates",
            split = ",",
            defaultValue = "5000,20000,0",
            description =
                    "Calls a second of the paced runs; 0 stands for half of the measured peak"
                            + " (default: ${DEFAULT-VALUE}).")
    List<Integer> rates;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Of the workload (default: ${DEFAULT-VALUE}).")
    long seed;

    @Option(
            names = "--tenants",
            defaultValue = "200",
            description = "Tenants (default: ${DEFAULT-VALUE}).")
    int tenants;

    @Option(
            names = "--users",
            defaultValue = "2000",
            description = "Users, each of one tenant (default: ${DEFAULT-VALUE}).")
    int users;

    @Option(
            names = "--apps",
            defaultValue = "50",
            description = "Applications (default: ${DEFAULT-VALUE}).")
    int apps;

    @Option(
            names = "--models",
            defaultValue = "30",
            description = "Models (default: ${DEFAULT-VALUE}).")
    int models;

    @Option(
            names = "--streams",
            defaultValue = "4",
            description = "gRPC streams at a time (default: ${DEFAULT-VALUE}).")
    int streams;

    @Option(
            names = "--message",
            defaultValue = "250",
            description = "Calls in one message, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    int message;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description = "Parts: ${COMPLETION-CANDIDATES} (default: all).")
    List<Plan.Part> only;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep data and results in this empty folder (default: a passing one).")
    @Nullable Path data;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Where the JSON lines go (default: bench.jsonl in .meterbook or --data).")
    @Nullable Path json;

    @Option(
            names = "--statements",
            description =
                    "Tell the most costly statements too, by PostgreSQL's own count; it costs a"
                            + " little, so not for figures that are to stand.")
    boolean statements;

    Plan plan() {
        Path folder = data == null ? PassingFolder.make("bench") : emptyOrNew(data);
        return new Plan(
                new Plan.Rounds(
                        atLeast("--warm", warm, 0),
                        atLeast("--rounds", rounds, 1),
                        atLeast("--round-seconds", roundSeconds, 1),
                        atLeast("--seconds", seconds, 0),
                        atLeast("--latency-seconds", latencySeconds, 1),
                        List.copyOf(rates)),
                new Shape(
                        seed,
                        atLeast("--tenants", tenants, 1),
                        atLeast("--users", users, 1),
                        atLeast("--apps", apps, 3),
                        atLeast("--models", models, 3)),
                new Plan.Load(
                        atLeast("--streams", streams, 1),
                        Math.min(1_000, atLeast("--message", message, 1))),
                parts(),
                folder,
                data == null,
                (json == null
                                ? (data == null ? PassingFolder.home() : folder)
                                        .resolve("bench.jsonl")
                                : json)
                        .toAbsolutePath(),
                statements);
    }

    private Set<Plan.Part> parts() {
        return only == null || only.isEmpty()
                ? EnumSet.allOf(Plan.Part.class)
                : EnumSet.copyOf(only);
    }

    private static int atLeast(String option, int value, int least) {
        if (value < least) {
            throw new CommandFailure(option + ": " + value + " (expected: at least " + least + ")");
        }
        return value;
    }

    private static Path emptyOrNew(Path folder) {
        if (Files.exists(folder.resolve("postgres"))) {
            throw new CommandFailure(
                    "--data: " + folder + " holds a database (expected: an empty or new folder)");
        }
        try {
            return Files.createDirectories(folder.toAbsolutePath().normalize());
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
