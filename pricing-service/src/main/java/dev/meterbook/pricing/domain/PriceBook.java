package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.CurrencyCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that prices depend on, as known at one position of the pricing log. Immutable: the
 * same book prices the same call the same for ever.
 */
public final class PriceBook {

    private final long position;
    private final long pricesPosition;

    /** Never changed; a hash map answers sooner than an immutable one, and each call asks. */
    private final Map<String, ProviderBook> providers;

    private final OtherNames otherNames;
    private final Map<String, PlanHistory> plans;
    private final ExchangeRates exchange;

    PriceBook(
            long position,
            long pricesPosition,
            Map<String, ProviderBook> providers,
            List<CatalogueOffers> listed,
            Map<String, PlanHistory> plans,
            ExchangeRates exchange) {
        this.position = position;
        this.pricesPosition = pricesPosition;
        this.providers = new HashMap<>(providers);
        this.otherNames = new OtherNames(listed);
        this.plans = new HashMap<>(plans);
        this.exchange = exchange;
    }

    /** Position of the last fact that is in the book; 0 if it is empty. */
    public long position() {
        return position;
    }

    /** Position of the last contract, contract price or catalogue that is in the book. */
    public long pricesPosition() {
        return pricesPosition;
    }

    ModelOffers offers(String provider, String model) {
        ProviderBook book = providers.get(provider);
        return (book == null ? byOtherName(provider) : book).offers(model);
    }

    private ProviderBook byOtherName(String name) {
        for (String id : ProviderNames.ids(name)) {
            ProviderBook book = providers.get(id);
            if (book != null) {
                return book;
            }
        }
        return otherNames.book(name);
    }

    /** The rate between two currencies at a moment; null if there is none. */
    @Nullable ExchangeRate rate(CurrencyCode from, CurrencyCode to, long micros) {
        return exchange.at(from, to, micros);
    }

    /**
     * Periods of spend terms that are over: of every contract, of tenants' own plans, and of the
     * operator's plan for tenants that have spent something.
     *
     * @param month whose periods are meant, see {@link ClosedPeriod#of}
     * @param spenders tenants that have spent something under a plan
     */
    public List<ClosedPeriod> closedPeriods(Validity month, long nowMicros, Set<String> spenders) {
        List<ClosedPeriod> closed = new ArrayList<>();
        for (ProviderBook provider : providers.values()) {
            provider.contracts().stream()
                    .filter(ContractOffers::hasSpendTerms)
                    .forEach(each -> closed.addAll(each.closedPeriods(month, nowMicros)));
        }
        Set<String> tenants = new HashSet<>(spenders);
        plans.forEach(
                (tenant, plan) -> {
                    if (!tenant.isEmpty() && plan.hasSpendTerms()) {
                        tenants.add(tenant);
                    }
                });
        tenants.forEach(each -> closed.addAll(ofPlan(each, month, nowMicros)));
        return closed;
    }

    private List<ClosedPeriod> ofPlan(String tenant, Validity month, long nowMicros) {
        PlanHistory own = plans.getOrDefault(tenant, PlanHistory.NONE);
        PlanHistory general = plans.getOrDefault("", PlanHistory.NONE);
        return ClosedPeriod.of(
                TermOwner.planOf(tenant),
                own.life(general),
                micros -> plan(tenant, micros).spend(),
                month,
                nowMicros);
    }

    /** The plan of a tenant at a moment: its own, else the operator's, else none. */
    PlanTerms plan(String tenant, long micros) {
        PlanTerms own = plans.getOrDefault(tenant, PlanHistory.NONE).at(micros);
        if (own != null) {
            return own;
        }
        @Nullable PlanTerms general = plans.getOrDefault("", PlanHistory.NONE).at(micros);
        return general != null ? general : PlanTerms.NONE;
    }
}
