package dev.meterbook.pricing.application;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meterbook.pricing.domain.Catalogue;
import dev.meterbook.pricing.domain.LeafPrice;
import dev.meterbook.pricing.domain.PriceChecks;
import dev.meterbook.pricing.domain.PriceTable;
import dev.meterbook.pricing.domain.TableForm;
import dev.meterbook.pricing.domain.Validity;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Meterbook's own form of a catalogue: {@code {catalogue, version, currency, unit: "per_million",
 * providers: [{provider, name, source, checked, models: [{model, aliases, effective_from, prices:
 * [{leaf, amount, per, above_input_tokens}]}]}]}}. Amounts are texts; {@code per} is 1,000,000 if
 * it is not told.
 */
final class StarterForm {

    private final JsonSheet sheet;

    StarterForm(JsonSheet sheet) {
        this.sheet = sheet;
    }

    CatalogueFile.Outcome read() {
        JsonNode root = sheet.root();
        sheet.checkFields(
                root, "", Set.of("catalogue", "version", "currency", "unit", "providers"));
        String unit = sheet.text(root, "", "unit");
        if (!unit.equals("per_million")) {
            sheet.findings().add("UNKNOWN_UNIT", "unit", unit, "per_million");
        }
        Catalogue catalogue =
                new Catalogue(
                        PriceChecks.name(
                                sheet.text(root, "", "catalogue"),
                                "INVALID_ID",
                                "catalogue",
                                sheet.findings()),
                        sheet.text(root, "", "version"),
                        PriceChecks.currency(
                                sheet.text(root, "", "currency"), "currency", sheet.findings()),
                        providers(sheet.list(root, "", "providers", CatalogueFile.MAX_PROVIDERS)));
        return sheet.outcome(new CatalogueFile.Outcome.Read(catalogue, List.of()));
    }

    private List<Catalogue.ProviderPrices> providers(List<JsonNode> nodes) {
        List<Catalogue.ProviderPrices> providers = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            providers.add(provider(nodes.get(i), "providers[" + i + "]"));
        }
        return providers;
    }

    private Catalogue.ProviderPrices provider(JsonNode node, String path) {
        sheet.checkFields(node, path, Set.of("provider", "name", "source", "checked", "models"));
        String provider = sheet.text(node, path, "provider");
        List<JsonNode> nodes = sheet.list(node, path, "models", CatalogueFile.MAX_MODELS);
        List<Catalogue.ModelPrices> models = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            models.add(model(nodes.get(i), path + ".models[" + i + "]"));
        }
        PriceChecks.provider(provider, path + ".provider", sheet.findings());
        PriceChecks.checkUniqueModels(
                models.stream().map(Catalogue.ModelPrices::table).toList(),
                path + ".models",
                sheet.findings());
        return new Catalogue.ProviderPrices(
                provider,
                sheet.text(node, path, "source"),
                sheet.date(node, path, "checked").toString(),
                models);
    }

    private Catalogue.ModelPrices model(JsonNode node, String path) {
        sheet.checkFields(node, path, Set.of("model", "aliases", "effective_from", "prices"));
        List<TableForm.PriceForm> prices = new ArrayList<>();
        for (JsonNode price : sheet.list(node, path, "prices", PriceChecks.MAX_PRICES)) {
            prices.add(price(price, path + ".prices[" + prices.size() + "]"));
        }
        List<String> aliases = new ArrayList<>();
        node.path("aliases").forEach(alias -> aliases.add(alias.asText()));
        PriceTable table =
                PriceChecks.table(
                        new TableForm(sheet.text(node, path, "model"), aliases, prices, List.of()),
                        path,
                        sheet.findings());
        LocalDate from = sheet.date(node, path, "effective_from");
        return new Catalogue.ModelPrices(
                Validity.from(from.atStartOfDay().toInstant(ZoneOffset.UTC)), table);
    }

    private TableForm.PriceForm price(JsonNode node, String path) {
        sheet.checkFields(node, path, Set.of("leaf", "amount", "per", "above_input_tokens"));
        return new TableForm.PriceForm(
                sheet.text(node, path, "leaf"),
                sheet.text(node, path, "amount"),
                sheet.number(node, path, "per", LeafPrice.MILLION),
                sheet.number(node, path, "above_input_tokens", 0));
    }
}
