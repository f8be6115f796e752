package dev.meterbook.pricing.application;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meterbook.kernel.usage.TextMatch;
import dev.meterbook.kernel.usage.UsageFlavor;
import dev.meterbook.pricing.domain.Catalogue;
import dev.meterbook.pricing.domain.DailyHours;
import dev.meterbook.pricing.domain.LeafPrice;
import dev.meterbook.pricing.domain.PriceChecks;
import dev.meterbook.pricing.domain.PriceTable;
import dev.meterbook.pricing.domain.Validity;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The form of the genai-prices project, version 2: a list of providers with models, the names that
 * each model matches, a table of prices or several with conditions, of which the last one that
 * holds counts, and extractors that read usage.
 */
final class GenaiPricesForm {

    private static final int MAX_TABLES = 1_000;
    private static final int MAX_ID_LENGTH = 128;
    private static final String ID_FORM = "1 to 128 characters without blanks";

    private static final Set<String> PROVIDER_FIELDS =
            Set.of(
                    "id",
                    "name",
                    "pricing_urls",
                    "api_pattern",
                    "description",
                    "price_comments",
                    "model_match",
                    "provider_match",
                    "extractors",
                    "fallback_model_providers",
                    "models",
                    "currency");

    private static final Set<String> MODEL_FIELDS =
            Set.of(
                    "id",
                    "name",
                    "description",
                    "match",
                    "context_window",
                    "price_comments",
                    "deprecated",
                    "prices",
                    "currency");

    private final JsonSheet sheet;
    private final CatalogueFile.Label label;
    private final MatchClauses clauses;
    private final GenaiPriceTables tables;
    private final Extractors extractors;
    private final List<UsageFlavor> flavors = new ArrayList<>();

    GenaiPricesForm(JsonSheet sheet, CatalogueFile.Label label) {
        this.sheet = sheet;
        this.label = label;
        this.clauses = new MatchClauses(sheet.findings());
        this.tables = new GenaiPriceTables(sheet);
        this.extractors = new Extractors(sheet, clauses);
    }

    CatalogueFile.Outcome read() {
        List<JsonNode> nodes = sheet.entries(sheet.root(), "", CatalogueFile.MAX_PROVIDERS);
        List<Catalogue.ProviderPrices> providers = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < nodes.size(); i++) {
            String path = "[" + i + "]";
            Catalogue.ProviderPrices provider = provider(nodes.get(i), path);
            providers.add(provider);
            if (!seen.add(provider.provider())) {
                sheet.findings()
                        .add(
                                "DUPLICATE_PROVIDER",
                                path + ".id",
                                provider.provider(),
                                "each provider once");
            }
        }
        checkFallbacks(providers, seen);
        return sheet.outcome(
                new CatalogueFile.Outcome.Read(
                        new Catalogue(label.id(), label.version(), label.currency(), providers),
                        flavors));
    }

    private void checkFallbacks(List<Catalogue.ProviderPrices> providers, Set<String> known) {
        for (int i = 0; i < providers.size(); i++) {
            for (String fallback : providers.get(i).fallbacks()) {
                if (!known.contains(fallback)) {
                    sheet.findings()
                            .add(
                                    "UNKNOWN_PROVIDER",
                                    "[" + i + "].fallback_model_providers",
                                    fallback,
                                    "the id of a provider of this file");
                }
            }
        }
    }

    private Catalogue.ProviderPrices provider(JsonNode node, String path) {
        sheet.checkFields(node, path, PROVIDER_FIELDS);
        checkCurrency(node, path);
        String id = sheet.text(node, path, "id");
        PriceChecks.provider(id, path + ".id", sheet.findings());
        flavors.addAll(extractors.read(id, node.path("extractors"), path + ".extractors"));
        TextMatch otherNames =
                node.has("provider_match")
                        ? clauses.read(node.path("provider_match"), path + ".provider_match")
                        : null;
        if (node.has("model_match")) {
            clauses.read(node.path("model_match"), path + ".model_match");
        }
        String page = node.path("pricing_urls").path(0).asText();
        return new Catalogue.ProviderPrices(
                id,
                page.isEmpty() ? label.sourceUri() : page,
                label.checkDate(),
                models(sheet.list(node, path, "models", CatalogueFile.MAX_MODELS), path),
                texts(node.path("fallback_model_providers")),
                otherNames);
    }

    /** The form has no currencies: where one is named all the same it must be the catalogue's. */
    private void checkCurrency(JsonNode node, String path) {
        JsonNode currency = node.path("currency");
        if (!currency.isMissingNode() && !currency.asText().equals(label.currency().code())) {
            sheet.findings()
                    .add(
                            "WRONG_CURRENCY",
                            path + ".currency",
                            currency.asText(),
                            label.currency().code());
        }
    }

    private List<Catalogue.ModelPrices> models(List<JsonNode> nodes, String path) {
        List<Catalogue.ModelPrices> models = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < nodes.size(); i++) {
            JsonNode node = nodes.get(i);
            String here = path + ".models[" + i + "]";
            sheet.checkFields(node, here, MODEL_FIELDS);
            checkCurrency(node, here);
            String id = id(node, here);
            if (!seen.add(id)) {
                sheet.findings().add("DUPLICATE_MODEL", here + ".id", id, "each model once");
            }
            TextMatch match = clauses.read(node.path("match"), here + ".match");
            models.addAll(prices(id, match, node.path("prices"), here + ".prices"));
        }
        return models;
    }

    private String id(JsonNode node, String path) {
        String id = sheet.text(node, path, "id");
        if (id.length() > MAX_ID_LENGTH || id.chars().anyMatch(Character::isWhitespace)) {
            sheet.findings().add("INVALID_MODEL", path + ".id", id, ID_FORM);
        }
        return id;
    }

    private List<Catalogue.ModelPrices> prices(
            String id, TextMatch match, JsonNode node, String path) {
        if (node.isObject()) {
            return List.of(always(id, match, node, path));
        }
        List<JsonNode> nodes = sheet.entries(node, path, MAX_TABLES);
        List<Catalogue.ModelPrices> prices = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            prices.add(conditional(id, match, nodes.get(i), path + "[" + i + "]"));
            checkOverlap(prices, i, path + "[" + i + "]");
        }
        if (nodes.isEmpty()) {
            sheet.findings().add("NO_PRICES", path, "none", "at least one table");
        }
        return prices;
    }

    private Catalogue.ModelPrices always(String id, TextMatch match, JsonNode node, String path) {
        return table(id, Validity.from(Instant.EPOCH), match, null, tables.read(node, path));
    }

    private Catalogue.ModelPrices conditional(
            String id, TextMatch match, JsonNode node, String path) {
        sheet.checkFields(node, path, Set.of("constraint", "prices"));
        JsonNode constraint = node.path("constraint");
        String here = path + ".constraint";
        if (constraint.isMissingNode() || constraint.isNull()) {
            return always(id, match, node.path("prices"), path + ".prices");
        }
        boolean isDated = constraint.has("start_date");
        sheet.checkFields(
                constraint,
                here,
                isDated ? Set.of("start_date") : Set.of("start_time", "end_time"));
        Instant from =
                isDated
                        ? sheet.date(constraint, here, "start_date")
                                .atStartOfDay()
                                .toInstant(ZoneOffset.UTC)
                        : Instant.EPOCH;
        DailyHours hours =
                isDated
                        ? null
                        : new DailyHours(
                                time(constraint, here, "start_time"),
                                time(constraint, here, "end_time"));
        return table(
                id,
                Validity.from(from),
                match,
                hours,
                tables.read(node.path("prices"), path + ".prices"));
    }

    private LocalTime time(JsonNode node, String path, String field) {
        String value = sheet.text(node, path, field);
        try {
            return OffsetTime.parse(value).withOffsetSameInstant(ZoneOffset.UTC).toLocalTime();
        } catch (DateTimeParseException notTime) {
            sheet.findings()
                    .add("INVALID_TIME", path + "." + field, value, "a time such as 00:30:00Z");
            return LocalTime.MIDNIGHT;
        }
    }

    private static Catalogue.ModelPrices table(
            String id,
            Validity validity,
            TextMatch match,
            @Nullable DailyHours hours,
            List<LeafPrice> prices) {
        return new Catalogue.ModelPrices(
                validity,
                new PriceTable(
                        id, List.of(), prices, Map.of(), new PriceTable.Listing(match, hours)));
    }

    /** Two tables of one beginning, or of hours that meet, leave open which one holds. */
    private void checkOverlap(List<Catalogue.ModelPrices> prices, int last, String path) {
        Catalogue.ModelPrices added = prices.get(last);
        for (Catalogue.ModelPrices other : prices.subList(0, last)) {
            DailyHours hours = hours(added);
            DailyHours otherHours = hours(other);
            boolean sameHours =
                    hours == null
                            ? otherHours == null
                            : otherHours != null && hours.overlap(otherHours);
            if (sameHours && added.validity().fromMicros() == other.validity().fromMicros()) {
                sheet.findings()
                        .add(
                                "OVERLAPPING_VALIDITY",
                                path,
                                added.validity().start().toString(),
                                "another beginning or other hours than the tables before");
            }
        }
    }

    private static @Nullable DailyHours hours(Catalogue.ModelPrices prices) {
        PriceTable.Listing listing = prices.table().listing();
        return listing == null ? null : listing.hours();
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        node.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
