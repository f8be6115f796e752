package dev.meterbook.allinone;

import com.google.protobuf.Timestamp;
import dev.meterbook.allinone.system.CommandFailure;
import dev.meterbook.proto.pricing.v1.CatalogueChange;
import dev.meterbook.proto.pricing.v1.CatalogueDifference;
import dev.meterbook.proto.pricing.v1.ExportCatalogueRequest;
import dev.meterbook.proto.pricing.v1.ExportCatalogueResponse;
import dev.meterbook.proto.pricing.v1.ImportCatalogueRequest;
import dev.meterbook.proto.pricing.v1.ImportCatalogueResponse;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes catalogues of list prices over, and gives them back. */
@Command(
        name = "prices",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Takes a catalogue of list prices over, compares it with the one in force, or gives"
                        + " it back. Needs a running Meterbook of the same data folder.",
        subcommands = {
            PricesCommand.Import.class,
            PricesCommand.Diff.class,
            PricesCommand.Export.class
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PricesCommand implements Runnable {

    /** Whose prices they are where nothing else is said. */
    private static final String USUAL_CATALOGUE = "genai-prices";

    private static final int VERSION_DIGITS = 12;

    @CommandLine.Spec CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Missing command");
    }

    /** The form of a file. */
    enum Format {
        GENAI_PRICES,
        METERBOOK;

        /** As it is written on the command line. */
        @Override
        public String toString() {
            return this == GENAI_PRICES ? "genai-prices" : "meterbook";
        }
    }

    /** Reads the name of a form. */
    static final class FormatConverter implements CommandLine.ITypeConverter<Format> {
        @Override
        public Format convert(String text) {
            for (Format format : Format.values()) {
                if (format.toString().equals(text)) {
                    return format;
                }
            }
            throw new CommandLine.TypeConversionException(
                    text + " (expected: genai-prices or meterbook)");
        }
    }

    /** A file and what it does not say of itself. */
    static final class FileOptions {

        @Mixin SystemOptions.DataOption data;

        @Parameters(paramLabel = "FILE", description = "The catalogue.")
        Path file;

        @Option(
                names = "--format",
                paramLabel = "FORM",
                converter = FormatConverter.class,
                defaultValue = "genai-prices",
                description = "genai-prices (version 2; the usual one) or meterbook.")
        Format format;

        @Option(names = "--catalogue", defaultValue = USUAL_CATALOGUE, description = "Its id.")
        String catalogue;

        @Option(
                names = "--edition",
                defaultValue = "",
                description = "Its version; the beginning of the file's SHA-256 if left out.")
        String version;

        @Option(names = "--currency", defaultValue = "USD", description = "Of its prices.")
        String currency;

        @Option(names = "--source", defaultValue = "", description = "Where it is from.")
        String source;

        @Option(
                names = "--checked",
                defaultValue = "",
                paramLabel = "DATE",
                description = "When its prices were read there; today if left out.")
        String checked;

        @Option(
                names = "--from",
                paramLabel = "TIME",
                description =
                        "When its prices begin to hold, such as 2026-10-01T00:00:00Z; now if left"
                                + " out, and ever for the first of its id.")
        @Nullable Instant from;

        ImportCatalogueRequest.Builder request() {
            String text = read(file);
            if (text.stripLeading().startsWith("[") != (format == Format.GENAI_PRICES)) {
                throw new CommandFailure(file + ": another form (expected: " + format + ")");
            }
            ImportCatalogueRequest.Builder request =
                    ImportCatalogueRequest.newBuilder()
                            .setCatalogue(catalogue)
                            .setVersion(version.isEmpty() ? hash(text) : version)
                            .setDocument(text)
                            .setCurrencyCode(currency)
                            .setSource(source.isEmpty() ? file.getFileName().toString() : source)
                            .setCheckDate(checked);
            if (from != null) {
                request.setEffectiveStartTime(
                        Timestamp.newBuilder()
                                .setSeconds(from.getEpochSecond())
                                .setNanos(from.getNano()));
            }
            return request;
        }

        private static String read(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException unreadable) {
                throw new CommandFailure(
                        file + ": cannot be read (expected: a text file)", unreadable);
            }
        }

        private static String hash(String text) {
            try {
                byte[] hash =
                        MessageDigest.getInstance("SHA-256")
                                .digest(text.getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(hash).substring(0, VERSION_DIGITS);
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every Java platform has SHA-256", impossible);
            }
        }

        ImportCatalogueResponse send(ImportCatalogueRequest request) {
            try (RunningOperator running = RunningOperator.find(data.folder())) {
                return running.client().pricing().importCatalogue(request);
            }
        }
    }

    /** Takes a catalogue over. */
    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description =
                    "Takes a catalogue over, whole or not at all, and tells what changed. Ratings"
                            + " that were made stay.")
    static final class Import implements Callable<Integer> {

        @Mixin FileOptions options;

        @Option(names = "--dry-run", description = "Tell what would change; store nothing.")
        boolean dryRun;

        @Override
        public Integer call() {
            print(options.send(options.request().setDryRun(dryRun).build()), System.out);
            return 0;
        }
    }

    /** Compares a catalogue with the one in force. */
    @Command(
            name = "diff",
            mixinStandardHelpOptions = true,
            description = "Compares a file with the catalogue in force; stores nothing.")
    static final class Diff implements Callable<Integer> {

        @Mixin FileOptions options;

        @Override
        public Integer call() {
            print(options.send(options.request().setDryRun(true).build()), System.out);
            return 0;
        }
    }

    /** Gives a catalogue back. */
    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = "Writes a catalogue that was imported to standard output, as it came.")
    static final class Export implements Callable<Integer> {

        @Mixin SystemOptions.DataOption data;

        @Option(names = "--catalogue", defaultValue = USUAL_CATALOGUE, description = "Its id.")
        String catalogue;

        @Override
        public Integer call() {
            try (RunningOperator running = RunningOperator.find(data.folder())) {
                ExportCatalogueResponse answer =
                        running.client()
                                .pricing()
                                .exportCatalogue(
                                        ExportCatalogueRequest.newBuilder()
                                                .setCatalogue(catalogue)
                                                .build());
                System.out.print(answer.getDocument());
                System.out.flush();
            }
            return 0;
        }
    }

    private static void print(ImportCatalogueResponse answer, PrintStream out) {
        for (CatalogueChange change : answer.getChangesList()) {
            out.printf(
                    "%-8s %s %s%n",
                    word(change.getKind()), change.getProvider(), change.getModel());
            for (CatalogueDifference each : change.getDifferencesList()) {
                out.printf(
                        "         %s: %s -> %s%n",
                        each.getSubject(), orNone(each.getBefore()), orNone(each.getAfter()));
            }
        }
        out.printf(
                "%s %s: %d models, %d different%s%n",
                answer.getCatalogue().getId(),
                answer.getCatalogue().getVersion(),
                answer.getCatalogue().getModelCount(),
                answer.getChangesCount(),
                answer.getUnchanged() ? "; it is in force already" : "");
    }

    private static String word(CatalogueChange.Kind kind) {
        return switch (kind) {
            case KIND_ADDED -> "added";
            case KIND_CHANGED -> "changed";
            case KIND_REMOVED -> "removed";
            case KIND_UNSPECIFIED, UNRECOGNIZED -> "other";
        };
    }

    private static String orNone(String text) {
        return text.isEmpty() ? "none" : text;
    }
}
