package dev.meterbook.pricing.domain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the price book and the calls of {@code rating-vectors.json}. */
final class VectorBook {

    private static final Instant KNOWN = Instant.parse("2026-01-01T00:00:00Z");

    private VectorBook() {}

    static PriceHistory read(JsonNode facts) {
        PriceHistory history = new PriceHistory();
        Map<String, Plan> plans = new HashMap<>();
        long position = 0;
        for (JsonNode fact : facts) {
            history.apply(++position, KNOWN, event(fact, plans));
        }
        return history;
    }

    private static PricingEvent event(JsonNode fact, Map<String, Plan> plans) {
        if (fact.has("catalogue")) {
            return catalogue(fact);
        }
        return fact.has("contract") ? contract(fact) : plan(fact, plans);
    }

    private static PricingEvent contract(JsonNode fact) {
        List<PriceVersion> versions = new ArrayList<>();
        for (JsonNode version : fact.get("versions")) {
            versions.add(
                    new PriceVersion(
                            version.get("id").asText(),
                            validity(version),
                            tables(version.get("tables"))));
        }
        return new PricingEvent.ContractCreated(
                fact.get("contract").asText(),
                fact.get("provider").asText(),
                CurrencyCode.of(fact.get("currency").asText()),
                validity(fact),
                versions);
    }

    private static PricingEvent catalogue(JsonNode fact) {
        List<Catalogue.ProviderPrices> providers = new ArrayList<>();
        for (JsonNode provider : fact.get("providers")) {
            List<Catalogue.ModelPrices> models = new ArrayList<>();
            for (JsonNode model : provider.get("models")) {
                models.add(new Catalogue.ModelPrices(validity(model), table(model.get("table"))));
            }
            providers.add(
                    new Catalogue.ProviderPrices(
                            provider.get("provider").asText(), "test", "2026-01-01", models));
        }
        return new PricingEvent.CatalogueImported(
                new Catalogue(
                        fact.get("catalogue").asText(),
                        fact.get("version").asText(),
                        CurrencyCode.of(fact.get("currency").asText()),
                        providers));
    }

    private static PricingEvent plan(JsonNode fact, Map<String, Plan> plans) {
        String tenant = fact.get("plan").asText();
        List<FixedPrices> fixed = new ArrayList<>();
        for (JsonNode each : fact.path("fixed")) {
            fixed.add(new FixedPrices(each.get("provider").asText(), table(each.get("table"))));
        }
        PlanVersion version =
                new PlanVersion(
                        0,
                        validity(fact),
                        new BigDecimal(fact.get("markup").asText()),
                        CurrencyCode.of(fact.get("currency").asText()),
                        fixed);
        Plan plan = plans.getOrDefault(tenant, Plan.none(tenant));
        Decision decision = plan.decide(new PricingCommand.SetTenantPlan(tenant, version));
        PricingEvent.TenantPlanSet event =
                (PricingEvent.TenantPlanSet) ((Decision.Accepted) decision).event();
        plans.put(tenant, plan.evolve(event));
        return event;
    }

    private static List<PriceTable> tables(JsonNode nodes) {
        List<PriceTable> tables = new ArrayList<>();
        nodes.forEach(node -> tables.add(table(node)));
        return tables;
    }

    private static PriceTable table(JsonNode node) {
        List<LeafPrice> prices = new ArrayList<>();
        for (JsonNode price : node.get("prices")) {
            prices.add(
                    new LeafPrice(
                            Leaf.ofId(price.get("leaf").asText()).orElseThrow(),
                            new BigDecimal(price.get("amount").asText()),
                            price.path("per").asLong(LeafPrice.MILLION),
                            price.path("above").asLong(0)));
        }
        List<String> aliases = new ArrayList<>();
        node.path("aliases").forEach(alias -> aliases.add(alias.asText()));
        Map<ServiceTier, BigDecimal> tiers = new EnumMap<>(ServiceTier.class);
        node.path("tiers")
                .properties()
                .forEach(
                        tier ->
                                tiers.put(
                                        ServiceTier.valueOf(tier.getKey()),
                                        new BigDecimal(tier.getValue().asText())));
        return new PriceTable(node.get("model").asText(), aliases, prices, tiers);
    }

    static CallFacts call(JsonNode node) {
        Quantities.Builder quantities = Quantities.builder();
        node.get("quantities")
                .properties()
                .forEach(
                        each ->
                                quantities.add(
                                        Leaf.ofId(each.getKey()).orElseThrow(),
                                        each.getValue().asLong()));
        return new CallFacts(
                node.get("tenant").asText(),
                node.get("provider").asText(),
                node.get("model").asText(),
                quantities.build(),
                ServiceTier.valueOf(node.path("tier").asText("STANDARD")),
                Validity.micros(Instant.parse(node.get("time").asText())));
    }

    private static Validity validity(JsonNode node) {
        return new Validity(
                micros(node.get("from").asText()),
                node.has("until") ? micros(node.get("until").asText()) : Validity.OPEN);
    }

    private static long micros(String date) {
        return Validity.micros(LocalDate.parse(date).atStartOfDay().toInstant(ZoneOffset.UTC));
    }
}
