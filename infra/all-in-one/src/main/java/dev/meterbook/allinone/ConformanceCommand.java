package dev.meterbook.allinone;

import dev.meterbook.pricing.application.conformance.Conformance;
import dev.meterbook.pricing.application.conformance.Verdict;
import dev.meterbook.pricing.application.conformance.Verdict.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs rating cases of anyone through the charge models that contracts and plans use. */
@Command(
        name = "conformance",
        mixinStandardHelpOptions = true,
        description =
                "Runs rating cases, one JSON object a line, through the rating engine; no server is"
                        + " needed. Prints one JSON line per case with what was expected and what"
                        + " the engine says, or why the case is not supported. Status 0 only if"
                        + " there is a case, all lines can be read and no amount differs.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ConformanceCommand implements Callable<Integer> {

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "Cases with id, dialect, model, price, currency, quantity and expected; amounts"
                            + " are decimal texts, compared by value.")
    List<Path> files;

    private final PrintStream out;
    private final PrintStream err;
    private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);

    ConformanceCommand() {
        this(System.out, System.err);
    }

    ConformanceCommand(PrintStream out, PrintStream err) {
        this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
        this.err = err;
        for (Outcome outcome : Outcome.values()) {
            counts.put(outcome, 0);
        }
    }

    @Override
    public Integer call() {
        files.forEach(this::check);
        out.flush();
        err.printf(
                Locale.ROOT,
                "%d cases: %d match, %d differ, %d unsupported, %d broken%n",
                counts.values().stream().mapToInt(Integer::intValue).sum(),
                count(Outcome.MATCHES),
                count(Outcome.DIFFERS),
                count(Outcome.UNSUPPORTED),
                count(Outcome.INVALID));
        boolean any = count(Outcome.MATCHES) + count(Outcome.UNSUPPORTED) > 0;
        boolean wrong = count(Outcome.DIFFERS) + count(Outcome.INVALID) > 0;
        return any && !wrong ? 0 : Main.FAILED;
    }

    private int count(Outcome outcome) {
        return counts.getOrDefault(outcome, 0);
    }

    private void check(Path file) {
        int number = 0;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    check(file, number, line);
                }
            }
        } catch (IOException unreadable) {
            counts.merge(Outcome.INVALID, 1, Integer::sum);
            err.printf(
                    Locale.ROOT,
                    "meterbook: %s:%d: UNREADABLE_FILE: %s%n",
                    file,
                    number + 1,
                    unreadable);
        }
    }

    private void check(Path file, int number, String line) {
        Verdict verdict = Conformance.check(line);
        counts.merge(verdict.outcome(), 1, Integer::sum);
        out.print(verdict.json() + "\n");
        if (verdict.outcome() == Outcome.INVALID) {
            err.printf(Locale.ROOT, "meterbook: %s:%d: %s%n", file, number, verdict.message());
        }
    }
}
