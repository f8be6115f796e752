package dev.meterbook.pricing.application;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Violation;
import dev.meterbook.kernel.usage.UsageFlavor;
import dev.meterbook.pricing.domain.Catalogue;
import java.util.List;

/**
 * A catalogue of list prices as JSON, in Meterbook's own form (an object) or in that of
 * genai-prices, version 2 (a list of providers). One bad entry refuses the whole file, with its
 * line and the reason.
 */
public final class CatalogueFile {

    /** Providers of a catalogue at most. */
    static final int MAX_PROVIDERS = 1_000;

    /** Models of a provider at most. */
    static final int MAX_MODELS = 10_000;

    private CatalogueFile() {}

    /**
     * What a file in the genai-prices form does not say of itself.
     *
     * @param id the catalogue's id
     * @param version its version
     * @param currency the currency of its prices
     * @param sourceUri where the file is from, for providers that name no page of their own
     * @param checkDate when the prices were read: YYYY-MM-DD
     * @param fromMicros first moment at which the prices hold, in microseconds since
     *     1970-01-01T00:00Z
     */
    public record Label(
            String id,
            String version,
            CurrencyCode currency,
            String sourceUri,
            String checkDate,
            long fromMicros) {

        /** A file that is read for the moment and not kept. */
        public static final Label NONE =
                new Label("genai-prices", "file", CurrencyCode.USD, "file", "1970-01-01", 0);
    }

    /** What reading came to. */
    public sealed interface Outcome {

        /**
         * The file is right.
         *
         * @param catalogue what it holds
         * @param flavors how it reads usage from the answers of its providers
         */
        record Read(Catalogue catalogue, List<UsageFlavor> flavors) implements Outcome {

            /** Copies. */
            public Read {
                flavors = List.copyOf(flavors);
            }
        }

        /**
         * The file is refused as a whole.
         *
         * @param line line of the entry at fault, from 1
         * @param violation why
         */
        record Refused(int line, Violation violation) implements Outcome {

            /** For people. */
            public String message() {
                return "line " + line + ": " + violation.reason() + ": " + violation.message();
            }
        }
    }

    /**
     * Reads a file as an edition that can be stored, and given back as it came.
     *
     * @param label what the edition is called; a form that says so itself has to say the same
     */
    public static Outcome readEdition(String text, Label label) {
        return switch (read(text, label)) {
            case Outcome.Refused refused -> refused;
            case Outcome.Read read -> {
                Catalogue catalogue = read.catalogue();
                Catalogue.Edition edition =
                        new Catalogue.Edition(
                                label.fromMicros(), text, label.sourceUri(), label.checkDate());
                yield catalogue.currency().equals(label.currency())
                        ? new Outcome.Read(
                                new Catalogue(
                                        label.id(),
                                        label.version(),
                                        label.currency(),
                                        catalogue.providers(),
                                        edition),
                                read.flavors())
                        : wrongCurrency(catalogue.currency(), label);
            }
        };
    }

    private static Outcome wrongCurrency(CurrencyCode currency, Label label) {
        return new Outcome.Refused(
                1,
                new Violation(
                        "WRONG_CURRENCY", "currency", currency.code(), label.currency().code()));
    }

    /** Reads a file. */
    public static Outcome read(String text) {
        return read(text, Label.NONE);
    }

    private static Outcome read(String text, Label label) {
        try {
            JsonSheet sheet = JsonSheet.parse(text);
            return sheet.root().isArray()
                    ? new GenaiPricesForm(sheet, label).read()
                    : new StarterForm(sheet).read();
        } catch (JsonProcessingException malformed) {
            return new Outcome.Refused(
                    malformed.getLocation() == null ? 1 : malformed.getLocation().getLineNr(),
                    new Violation(
                            "MALFORMED_JSON", "file", malformed.getOriginalMessage(), "JSON"));
        }
    }
}
