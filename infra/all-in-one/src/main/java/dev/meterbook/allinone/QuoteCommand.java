package dev.meterbook.allinone;

import dev.meterbook.allinone.system.CommandFailure;
import dev.meterbook.pricing.application.CatalogueFile;
import dev.meterbook.pricing.application.QuoteLines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says what calls would cost, without a server: one line of JSON in, one line of JSON out. */
@Command(
        name = "quote",
        mixinStandardHelpOptions = true,
        description = {
            "Says what calls would cost at the prices of a catalogue, without a server. Reads a line"
                    + " of JSON for each call from standard input:",
            "  {\"provider_id\": …, \"api_flavor\": …, \"body\": {…}, \"occur_time\": …}",
            "or \"usage\": {…} and \"model\" in place of the body; writes a line for each to standard"
                    + " output:",
            "  {\"usage\": {…}, \"input_price\": …, \"output_price\": …, \"total_price\": …}",
            "or {\"usage\": {…}, \"unpriced\": REASON} or {\"error\": {…}}. The status is 1 if a line"
                    + " was bad."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class QuoteCommand implements Callable<Integer> {

    private static final int BUFFER = 1 << 16;

    @Option(
            names = "--catalogue",
            required = true,
            paramLabel = "FILE",
            description =
                    "list prices in the form of genai-prices, version 2, or in Meterbook's own")
    Path catalogue;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description =
                    "when calls occurred that do not say so, such as 2026-08-21T20:02:24Z; now if it"
                            + " is left out")
    @Nullable Instant at;

    @Override
    public Integer call() throws IOException {
        Instant usualTime = at == null ? Instant.now() : at;
        QuoteLines lines = new QuoteLines(file(), usualTime);
        boolean isRight = true;
        PrintStream standardOutput = System.out;
        try (BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(System.in, StandardCharsets.UTF_8), BUFFER)) {
            PrintWriter out = new PrintWriter(standardOutput, false, StandardCharsets.UTF_8);
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.isBlank()) {
                    QuoteLines.Answer answer = lines.answer(line);
                    out.println(answer.json());
                    isRight &= answer instanceof QuoteLines.Answer.Quoted;
                }
            }
            out.flush();
        }
        return isRight ? 0 : Main.FAILED;
    }

    private CatalogueFile.Outcome.Read file() {
        String text;
        try {
            text = Files.readString(catalogue);
        } catch (IOException unreadable) {
            throw new CommandFailure(
                    "catalogue: " + catalogue + " (expected: a file that can be read)");
        }
        return switch (CatalogueFile.read(text)) {
            case CatalogueFile.Outcome.Read read -> read;
            case CatalogueFile.Outcome.Refused refused ->
                    throw new CommandFailure(catalogue + ": " + refused.message());
        };
    }
}
