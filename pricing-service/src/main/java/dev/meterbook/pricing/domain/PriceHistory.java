package dev.meterbook.pricing.domain;

import dev.meterbook.pricing.domain.PricingEvent.CatalogueImported;
import dev.meterbook.pricing.domain.PricingEvent.ContractCreated;
import dev.meterbook.pricing.domain.PricingEvent.ContractPricesAdded;
import dev.meterbook.pricing.domain.PricingEvent.ExchangeRateSet;
import dev.meterbook.pricing.domain.PricingEvent.TenantPlanSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All facts of the price book in the order in which they became known, and what they come to: now,
 * or as known at an earlier position of the log. Safe for use by many threads.
 */
public final class PriceHistory {

    /**
     * Something and when it became known.
     *
     * @param value the thing
     * @param knownTime when it was recorded first
     * @param <T> its kind
     */
    public record Known<T>(T value, Instant knownTime) {}

    private record Fact(long position, Instant recordTime, PricingEvent event) {}

    private final List<Fact> facts = new ArrayList<>();
    private final TreeMap<String, Known<Contract>> contracts = new TreeMap<>();
    private final Map<String, List<Instant>> planTimes = new HashMap<>();
    private final Map<String, Plan> plans = new HashMap<>();
    private final TreeMap<String, Known<ExchangeRate>> rates = new TreeMap<>();
    private final TreeMap<String, Known<Catalogue>> catalogues = new TreeMap<>();

    private final Map<String, ContractOffers> contractOffers = new HashMap<>();
    private final Map<String, List<Catalogue>> editions = new HashMap<>();
    private final Map<String, List<CatalogueOffers>> catalogueOffers = new TreeMap<>();
    private final Map<String, PlanHistory> planHistories = new HashMap<>();
    private final Map<String, ProviderBook> providers = new HashMap<>();
    private final Set<String> changedProviders = new HashSet<>();
    private ExchangeRates exchange = ExchangeRates.NONE;
    private long pricesPosition;
    private @Nullable PriceBook current;

    /**
     * Takes a fact.
     *
     * @param position its place in the log, above that of every fact before
     * @param recordTime when it was recorded
     */
    public synchronized void apply(long position, Instant recordTime, PricingEvent event) {
        facts.add(new Fact(position, recordTime, event));
        current = null;
        switch (event) {
            case ContractCreated created ->
                    changed(new Known<>(Contract.evolve(created), recordTime), position);
            case ContractPricesAdded added -> {
                Known<Contract> known = known(added.contract());
                changed(new Known<>(known.value().evolve(added), known.knownTime()), position);
            }
            case TenantPlanSet set -> planSet(set, recordTime);
            case ExchangeRateSet set -> rateSet(new Known<>(set.rate(), recordTime));
            case CatalogueImported imported ->
                    imported(new Known<>(imported.catalogue(), recordTime), position);
        }
    }

    private Known<Contract> known(String contract) {
        return Objects.requireNonNull(
                contracts.get(contract), () -> "prices were added to no contract: " + contract);
    }

    private void changed(Known<Contract> known, long position) {
        Contract contract = known.value();
        contracts.put(contract.id(), known);
        contractOffers.put(contract.id(), new ContractOffers(contract));
        changedProviders.add(contract.provider());
        pricesPosition = position;
    }

    private void planSet(TenantPlanSet set, Instant recordTime) {
        Plan plan = plans.getOrDefault(set.tenant(), Plan.none(set.tenant())).evolve(set);
        plans.put(set.tenant(), plan);
        planTimes.computeIfAbsent(set.tenant(), any -> new ArrayList<>()).add(recordTime);
        planHistories.put(set.tenant(), PlanHistory.of(plan));
    }

    private void rateSet(Known<ExchangeRate> known) {
        rates.put(known.value().id(), known);
        exchange = exchange.with(known.value());
    }

    private void imported(Known<Catalogue> known, long position) {
        Catalogue catalogue = known.value();
        catalogues.put(catalogue.id(), known);
        List<Catalogue> all = editions.computeIfAbsent(catalogue.id(), any -> new ArrayList<>());
        all.forEach(this::changed);
        changed(catalogue);
        long from = catalogue.edition().fromMicros();
        all.removeIf(edition -> edition.edition().fromMicros() >= from);
        all.add(catalogue);
        catalogueOffers.put(catalogue.id(), CatalogueOffers.of(all));
        pricesPosition = position;
    }

    private void changed(Catalogue catalogue) {
        catalogue.providers().forEach(each -> changedProviders.add(each.provider()));
        // A contract can be with a provider that the catalogue knows by another name.
        contracts.values().stream()
                .map(each -> each.value().provider())
                .distinct()
                .filter(provider -> catalogue.provider(provider).isPresent())
                .forEach(changedProviders::add);
    }

    private List<CatalogueOffers> listed() {
        return catalogueOffers.values().stream().flatMap(List::stream).toList();
    }

    /** The price book as known now. */
    public synchronized PriceBook current() {
        PriceBook book = current;
        if (book == null) {
            changedProviders.forEach(provider -> providers.put(provider, bookOf(provider)));
            changedProviders.clear();
            long position = facts.isEmpty() ? 0 : facts.getLast().position;
            book =
                    new PriceBook(
                            position, pricesPosition, providers, listed(), planHistories, exchange);
            current = book;
        }
        return book;
    }

    private ProviderBook bookOf(String provider) {
        List<ContractOffers> ofContracts =
                contracts.values().stream()
                        .map(Known::value)
                        .filter(contract -> contract.provider().equals(provider))
                        .sorted(
                                Comparator.comparingLong(
                                                (Contract each) -> each.validity().fromMicros())
                                        .reversed()
                                        .thenComparing(Contract::id))
                        .map(contract -> contractOffers.get(contract.id()))
                        .filter(Objects::nonNull)
                        .toList();
        return new ProviderBook(ofContracts, CatalogueOffers.indexes(provider, listed()));
    }

    /**
     * The price book as it was known at a position of the log, that is, of the facts before it. It
     * is built anew, which takes milliseconds for thousands of facts.
     */
    public PriceBook asKnownAt(long position) {
        PriceHistory earlier = new PriceHistory();
        for (Fact fact : factsBefore(position)) {
            earlier.apply(fact.position, fact.recordTime, fact.event);
        }
        return earlier.current();
    }

    private synchronized List<Fact> factsBefore(long position) {
        return facts.stream().takeWhile(fact -> fact.position < position).toList();
    }

    /** A contract and when it became known. */
    public synchronized Optional<Known<Contract>> contract(String id) {
        return Optional.ofNullable(contracts.get(id));
    }

    /**
     * Contracts by id.
     *
     * @param after those whose ids come after this; empty for the first
     * @param provider those of this provider; empty for all
     * @param limit contracts at most
     */
    public synchronized List<Known<Contract>> contracts(String after, String provider, int limit) {
        return contracts.tailMap(after, false).values().stream()
                .filter(each -> provider.isEmpty() || each.value().provider().equals(provider))
                .limit(limit)
                .toList();
    }

    /** The plan of a tenant; empty string for the operator's plan for all. */
    public synchronized Optional<Plan> plan(String tenant) {
        return Optional.ofNullable(plans.get(tenant));
    }

    /** When each version of a plan became known, in the order of its versions. */
    public synchronized List<Instant> planTimes(String tenant) {
        return List.copyOf(planTimes.getOrDefault(tenant, List.of()));
    }

    /** An exchange rate and when it became known. */
    public synchronized Optional<Known<ExchangeRate>> exchangeRate(String id) {
        return Optional.ofNullable(rates.get(id));
    }

    /**
     * Exchange rates by id.
     *
     * @param after those whose ids come after this; empty for the first
     * @param limit rates at most
     */
    public synchronized List<Known<ExchangeRate>> exchangeRates(String after, int limit) {
        return rates.tailMap(after, false).values().stream().limit(limit).toList();
    }

    /** The catalogues in force, by id. */
    public synchronized List<Known<Catalogue>> catalogues() {
        return List.copyOf(catalogues.values());
    }
}
