package dev.meterbook.pricing.application;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Violation;
import dev.meterbook.pricing.domain.Catalogue;
import dev.meterbook.pricing.domain.Findings;
import dev.meterbook.pricing.domain.LeafPrice;
import dev.meterbook.pricing.domain.PriceChecks;
import dev.meterbook.pricing.domain.PriceTable;
import dev.meterbook.pricing.domain.TableForm;
import dev.meterbook.pricing.domain.Validity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A catalogue of list prices as JSON. One bad entry refuses the whole file, with its line and the
 * reason.
 *
 * <p>Form: {@code {catalogue, version, currency, unit: "per_million", providers: [{provider, name,
 * source, checked, models: [{model, aliases, effective_from, prices: [{leaf, amount, per,
 * above_input_tokens}]}]}]}}. Amounts are texts; {@code per} is 1,000,000 if it is not told.
 */
public final class CatalogueFile {

    private static final int MAX_PROVIDERS = 1_000;
    private static final int MAX_MODELS = 10_000;

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final String text;
    private final Findings findings = new Findings();

    private CatalogueFile(String text) {
        this.text = text;
    }

    /** What reading came to. */
    public sealed interface Outcome {

        /**
         * The file is right.
         *
         * @param catalogue what it holds
         */
        record Read(Catalogue catalogue) implements Outcome {}

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

    /** Reads a file. */
    public static Outcome read(String text) {
        try {
            return new CatalogueFile(text).read(JSON.readTree(text));
        } catch (JsonProcessingException malformed) {
            return new Outcome.Refused(
                    malformed.getLocation() == null ? 1 : malformed.getLocation().getLineNr(),
                    new Violation(
                            "MALFORMED_JSON", "file", malformed.getOriginalMessage(), "JSON"));
        }
    }

    private Outcome read(JsonNode root) {
        checkFields(root, "", Set.of("catalogue", "version", "currency", "unit", "providers"));
        String unit = text(root, "", "unit");
        if (!unit.equals("per_million")) {
            findings.add("UNKNOWN_UNIT", "unit", unit, "per_million");
        }
        Catalogue catalogue =
                new Catalogue(
                        PriceChecks.name(
                                text(root, "", "catalogue"), "INVALID_ID", "catalogue", findings),
                        text(root, "", "version"),
                        currency(root),
                        providers(list(root, "", "providers", MAX_PROVIDERS)));
        Optional<Violation> first = findings.first();
        return first.isEmpty()
                ? new Outcome.Read(catalogue)
                : new Outcome.Refused(lineOf(first.get().field()), first.get());
    }

    private CurrencyCode currency(JsonNode root) {
        return PriceChecks.currency(text(root, "", "currency"), "currency", findings);
    }

    private List<Catalogue.ProviderPrices> providers(List<JsonNode> nodes) {
        List<Catalogue.ProviderPrices> providers = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            providers.add(provider(nodes.get(i), "providers[" + i + "]"));
        }
        return providers;
    }

    private Catalogue.ProviderPrices provider(JsonNode node, String path) {
        checkFields(node, path, Set.of("provider", "name", "source", "checked", "models"));
        String provider = text(node, path, "provider");
        List<JsonNode> nodes = list(node, path, "models", MAX_MODELS);
        List<Catalogue.ModelPrices> models = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            models.add(model(nodes.get(i), path + ".models[" + i + "]"));
        }
        PriceChecks.provider(provider, path + ".provider", findings);
        PriceChecks.checkUniqueModels(
                models.stream().map(Catalogue.ModelPrices::table).toList(),
                path + ".models",
                findings);
        return new Catalogue.ProviderPrices(
                provider,
                text(node, path, "source"),
                date(node, path, "checked").toString(),
                models);
    }

    private Catalogue.ModelPrices model(JsonNode node, String path) {
        checkFields(node, path, Set.of("model", "aliases", "effective_from", "prices"));
        List<TableForm.PriceForm> prices = new ArrayList<>();
        for (JsonNode price : list(node, path, "prices", PriceChecks.MAX_PRICES)) {
            prices.add(price(price, path + ".prices[" + prices.size() + "]"));
        }
        List<String> aliases = new ArrayList<>();
        node.path("aliases").forEach(alias -> aliases.add(alias.asText()));
        PriceTable table =
                PriceChecks.table(
                        new TableForm(text(node, path, "model"), aliases, prices, List.of()),
                        path,
                        findings);
        LocalDate from = date(node, path, "effective_from");
        return new Catalogue.ModelPrices(
                Validity.from(from.atStartOfDay().toInstant(ZoneOffset.UTC)), table);
    }

    private TableForm.PriceForm price(JsonNode node, String path) {
        checkFields(node, path, Set.of("leaf", "amount", "per", "above_input_tokens"));
        return new TableForm.PriceForm(
                text(node, path, "leaf"),
                text(node, path, "amount"),
                number(node, path, "per", LeafPrice.MILLION),
                number(node, path, "above_input_tokens", 0));
    }

    private void checkFields(JsonNode node, String path, Set<String> known) {
        if (!node.isObject()) {
            findings.add("NOT_AN_OBJECT", path, node.getNodeType().name(), "an object");
        }
        node.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!known.contains(name)) {
                                findings.add(
                                        "UNKNOWN_FIELD",
                                        below(path, name),
                                        name,
                                        "one of "
                                                + String.join(
                                                        ", ", known.stream().sorted().toList()));
                            }
                        });
    }

    private String text(JsonNode node, String path, String field) {
        JsonNode value = node.path(field);
        if (!value.isTextual() || value.textValue().isBlank()) {
            findings.add(
                    value.isMissingNode() ? "MISSING_FIELD" : "NOT_A_TEXT",
                    below(path, field),
                    value.toString(),
                    "a text");
        }
        return value.asText();
    }

    private long number(JsonNode node, String path, String field, long fallback) {
        JsonNode value = node.path(field);
        if (value.isMissingNode()) {
            return fallback;
        }
        if (!value.canConvertToLong() || !value.isIntegralNumber()) {
            findings.add("NOT_A_NUMBER", below(path, field), value.toString(), "a whole number");
        }
        return value.asLong();
    }

    private LocalDate date(JsonNode node, String path, String field) {
        String value = text(node, path, field);
        try {
            return LocalDate.parse(value);
        } catch (DateTimeParseException notADate) {
            findings.add("INVALID_DATE", below(path, field), value, "YYYY-MM-DD");
            return LocalDate.EPOCH;
        }
    }

    private List<JsonNode> list(JsonNode node, String path, String field, int limit) {
        JsonNode value = node.path(field);
        if (!value.isArray()) {
            findings.add("NOT_A_LIST", below(path, field), value.getNodeType().name(), "a list");
        } else if (value.size() > limit) {
            PriceChecks.tooMany(below(path, field), value.size(), limit, findings);
        }
        List<JsonNode> entries = new ArrayList<>();
        value.forEach(entries::add);
        return entries;
    }

    private static String below(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    /**
     * Walks the file again up to the entry at fault; the nearest entry above it if it is missing.
     */
    private int lineOf(String path) {
        String wanted = "/" + path.replace("[", "/").replace("]", "").replace('.', '/');
        int line = 1;
        int depth = 0;
        try (JsonParser parser = JSON.createParser(text)) {
            while (parser.nextToken() != null) {
                String here = parser.getParsingContext().pathAsPointer().toString();
                boolean onTheWay = wanted.equals(here) || wanted.startsWith(here + "/");
                if (onTheWay && here.length() > depth) {
                    depth = here.length();
                    line = parser.currentTokenLocation().getLineNr();
                }
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return line;
    }
}
