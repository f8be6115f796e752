package dev.meterbook.allinone;

import dev.meterbook.allinone.export.CallExport;
import dev.meterbook.allinone.export.CallFormat;
import dev.meterbook.allinone.export.PriceExport;
import dev.meterbook.allinone.system.Client;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the metered calls of a tenant with their exact cost. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description =
                "Writes every metered call of a tenant with its exact cost. Needs a running"
                        + " Meterbook of the same data folder.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ExportCommand implements Callable<Integer> {

    @Mixin SystemOptions.DataOption data;

    @Option(names = "--tenant", required = true, description = "The tenant.")
    String tenant;

    @Option(names = "--format", defaultValue = "csv", description = "csv or jsonl (default: csv).")
    CallFormat format;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Where to write the calls (default: standard output).")
    @Nullable Path output;

    @Option(
            names = "--prices",
            paramLabel = "FILE",
            description = "Also write all price tables, as JSON.")
    @Nullable Path prices;

    @Override
    public Integer call() throws IOException {
        try (RunningOperator running = RunningOperator.find(data.folder());
                Writer calls = writer()) {
            Client operator = running.client();
            format.export(new CallExport(operator), tenant, calls);
            if (prices != null) {
                try (Writer out = Files.newBufferedWriter(prices)) {
                    new PriceExport(operator).export(out);
                }
            }
        }
        return 0;
    }

    private Writer writer() throws IOException {
        return output == null
                ? new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8))
                : Files.newBufferedWriter(output);
    }
}
