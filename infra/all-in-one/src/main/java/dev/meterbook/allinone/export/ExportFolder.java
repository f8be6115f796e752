package dev.meterbook.allinone.export;

import dev.meterbook.allinone.system.Client;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder with the calls of some tenants and the prices behind their costs. */
public final class ExportFolder {

    private final Client operator;
    private final Path folder;

    /** Writes into a folder, which is made if absent; files of an earlier export are replaced. */
    public ExportFolder(Client operator, Path folder) {
        this.operator = operator;
        this.folder = folder;
    }

    /** Writes {@code calls-<tenant>.jsonl} for each tenant, and {@code prices.json}. */
    public void export(List<String> tenants) throws IOException {
        Files.createDirectories(folder);
        CallExport calls = new CallExport(operator);
        for (String tenant : tenants) {
            try (Writer out =
                    Files.newBufferedWriter(folder.resolve("calls-" + tenant + ".jsonl"))) {
                CallFormat.JSONL.export(calls, tenant, out);
            }
        }
        try (Writer out = Files.newBufferedWriter(folder.resolve("prices.json"))) {
            new PriceExport(operator).export(out);
        }
    }
}
