package dev.meterbook.allinone.demo;

import dev.meterbook.allinone.system.Client;
import dev.meterbook.proto.pricing.v1.CataloguePrice;
import dev.meterbook.proto.pricing.v1.LeafPrice;
import dev.meterbook.proto.pricing.v1.ListCataloguePricesRequest;
import dev.meterbook.proto.pricing.v1.ListCataloguePricesResponse;
import dev.meterbook.proto.pricing.v1.ModelPrices;
import dev.meterbook.proto.type.v1.Leaf;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reckons what a call must cost, from the demo's contracts and the catalogue's list prices. Written
 * apart from the pricing service on purpose: it is what that service is checked against.
 */
final class PriceBook {

    /** The kind whose price stands in where a kind has none. */
    private static final Map<Leaf, Leaf> STANDS_IN = standsIn();

    private record Table(Instant start, Map<Leaf, List<LeafPrice>> prices) {}

    private final Map<String, Table> contracts = new HashMap<>();
    private final Map<String, Table> catalogue = new HashMap<>();

    private PriceBook() {}

    private static Map<Leaf, Leaf> standsIn() {
        Map<Leaf, Leaf> parents = new EnumMap<>(Leaf.class);
        parents.put(Leaf.LEAF_INPUT_CACHE_READ, Leaf.LEAF_INPUT);
        parents.put(Leaf.LEAF_INPUT_CACHE_WRITE, Leaf.LEAF_INPUT);
        parents.put(Leaf.LEAF_INPUT_CACHE_WRITE_5M, Leaf.LEAF_INPUT_CACHE_WRITE);
        parents.put(Leaf.LEAF_OUTPUT_REASONING, Leaf.LEAF_OUTPUT);
        return parents;
    }

    /** The demo's own contracts, and the list prices as the service tells them. */
    static PriceBook of(Client operator) {
        PriceBook book = new PriceBook();
        DemoPrices.contracts()
                .values()
                .forEach(
                        contract ->
                                contract.getPriceVersions(0)
                                        .getModelPricesList()
                                        .forEach(
                                                prices ->
                                                        put(
                                                                book.contracts,
                                                                contract.getProvider(),
                                                                DemoPrices.START,
                                                                prices)));
        String page = "";
        do {
            ListCataloguePricesResponse answer =
                    operator.pricing()
                            .listCataloguePrices(
                                    ListCataloguePricesRequest.newBuilder()
                                            .setPageSize(1_000)
                                            .setPageToken(page)
                                            .build());
            answer.getPricesList().forEach(book::addListPrice);
            page = answer.getNextPageToken();
        } while (!page.isEmpty());
        return book;
    }

    private void addListPrice(CataloguePrice price) {
        put(
                catalogue,
                price.getProvider(),
                Times.of(price.getEffectiveStartTime()),
                price.getPrices());
    }

    private static void put(
            Map<String, Table> tables, String provider, Instant start, ModelPrices prices) {
        Map<Leaf, List<LeafPrice>> byLeaf = new EnumMap<>(Leaf.class);
        prices.getPricesList()
                .forEach(
                        price ->
                                byLeaf.computeIfAbsent(price.getLeaf(), any -> new ArrayList<>())
                                        .add(price));
        Table table = new Table(start, byLeaf);
        tables.put(key(provider, prices.getModel()), table);
        prices.getAliasesList().forEach(alias -> tables.put(key(provider, alias), table));
    }

    private static String key(String provider, String model) {
        return provider + " " + model;
    }

    /** What the provider bills for a call, exactly; empty if there is no price. */
    Optional<BigDecimal> cost(PlayedCall call) {
        String key = key(call.provider(), call.model());
        return Optional.ofNullable(contracts.get(key))
                .or(() -> Optional.ofNullable(catalogue.get(key)))
                .filter(table -> !call.time().isBefore(table.start))
                .flatMap(table -> cost(table, call));
    }

    private static Optional<BigDecimal> cost(Table table, PlayedCall call) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Map.Entry<Leaf, Long> consumed : call.quantities().entrySet()) {
            Optional<LeafPrice> price = price(table, consumed.getKey(), call.inputTokens());
            if (price.isEmpty()) {
                return Optional.empty();
            }
            sum = sum.add(amount(price.get(), consumed.getValue()));
        }
        return Optional.of(sum);
    }

    private static Optional<LeafPrice> price(Table table, Leaf leaf, long inputTokens) {
        LeafPrice found = null;
        for (LeafPrice price : table.prices.getOrDefault(leaf, List.of())) {
            boolean applies =
                    price.getAboveInputTokens() == 0 || inputTokens > price.getAboveInputTokens();
            if (applies
                    && (found == null
                            || price.getAboveInputTokens() > found.getAboveInputTokens())) {
                found = price;
            }
        }
        if (found != null) {
            return Optional.of(found);
        }
        Leaf parent = STANDS_IN.get(leaf);
        return parent == null ? Optional.empty() : price(table, parent, inputTokens);
    }

    /** Exact: every price is for a power of ten units. */
    private static BigDecimal amount(LeafPrice price, long quantity) {
        long per = price.getPer() == 0 ? 1_000_000 : price.getPer();
        return new BigDecimal(price.getAmount())
                .multiply(BigDecimal.valueOf(quantity))
                .divide(BigDecimal.valueOf(per));
    }

    /** What the tenant owes for a cost under its plan. */
    static BigDecimal charge(BigDecimal cost, Company company) {
        return cost.multiply(
                new BigDecimal(company.markupPercent()).movePointLeft(2).add(BigDecimal.ONE));
    }
}
