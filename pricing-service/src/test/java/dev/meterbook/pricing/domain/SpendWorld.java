package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;
import dev.meterbook.pricing.domain.PricingEvent.ContractCreated;
import dev.meterbook.pricing.domain.PricingEvent.TenantPlanSet;
import dev.meterbook.pricing.domain.charge.Commitment;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A contract whose input tokens cost 1 USD each, so that quantities read as dollars; and plans. */
final class SpendWorld implements RunningQuantities {

    static final Instant MAY = Instant.parse("2026-05-05T12:00:00Z");

    private final PriceHistory history = new PriceHistory();
    private final Map<VolumeKey, Long> counts = new HashMap<>();
    private final Map<SpendKey, BigDecimal> gross = new HashMap<>();
    private final Map<SpendKey, BigDecimal> owed = new HashMap<>();
    private long position;

    static SpendTerm term(
            String id,
            @Nullable String minimum,
            @Nullable String maximum,
            @Nullable Commitment commitment) {
        return term(id, minimum, maximum, commitment, SpendTerm.Proration.WHOLE_PERIOD);
    }

    static SpendTerm term(
            String id,
            @Nullable String minimum,
            @Nullable String maximum,
            @Nullable Commitment commitment,
            SpendTerm.Proration proration) {
        return new SpendTerm(
                id,
                VolumePeriod.MONTH,
                minimum == null ? null : new BigDecimal(minimum),
                maximum == null ? null : new BigDecimal(maximum),
                commitment,
                proration);
    }

    static Commitment commitment(String amount, String factor) {
        return new Commitment(
                new BigDecimal(amount), new BigDecimal(factor), Commitment.Shortfall.OWED);
    }

    static PlanVersion plan(
            Instant from, String markup, List<VolumeRule> rules, List<SpendTerm> terms) {
        return new PlanVersion(
                1,
                Validity.from(from),
                new BigDecimal(markup),
                CurrencyCode.USD,
                List.of(),
                rules,
                terms);
    }

    SpendWorld contract(SpendTerm... terms) {
        return contract(Validity.from(Samples.NEW_YEAR), terms);
    }

    SpendWorld contract(Validity validity, SpendTerm... terms) {
        PriceTable table =
                PriceTable.of(
                        "gpt-5",
                        List.of(
                                new LeafPrice(Leaf.INPUT, BigDecimal.ONE, 1, 0),
                                new LeafPrice(Leaf.OUTPUT, BigDecimal.TEN, 1, 0)));
        ContractTerms all =
                new ContractTerms(List.of(), List.of(), List.of(), List.of(), List.of(terms));
        return knows(
                new ContractCreated(
                        "c",
                        "openai",
                        CurrencyCode.USD,
                        validity,
                        List.of(new PriceVersion("1", validity, List.of(table), all))));
    }

    SpendWorld plan(String tenant, PlanVersion version) {
        return knows(new TenantPlanSet(tenant, version));
    }

    SpendWorld knows(PricingEvent fact) {
        history.apply(++position, Samples.NEW_YEAR, fact);
        return this;
    }

    PriceBook book() {
        return history.current();
    }

    static CallFacts call(String tenant, Instant time, long input, long output) {
        return new CallFacts(
                tenant,
                "openai",
                "gpt-5",
                Quantities.of(Map.of(Leaf.INPUT, input, Leaf.OUTPUT, output)),
                ServiceTier.STANDARD,
                Validity.micros(time));
    }

    Rating.Rated next(CallFacts call) {
        Rating.Rated rated = (Rating.Rated) new Rater(book()).rate(call, this);
        rated.counted().forEach(each -> counts.put(each.key(), each.after()));
        for (Spent each : rated.spent()) {
            gross.merge(each.key(), each.gross(), BigDecimal::add);
            owed.merge(each.key(), each.owed(), BigDecimal::add);
        }
        return rated;
    }

    /** Costs of calls one after the other. */
    List<String> costs(long... inputs) {
        List<String> costs = new ArrayList<>();
        for (long input : inputs) {
            costs.add(plain(next(call("acme", MAY, input, 0)).billedCost()));
        }
        return costs;
    }

    /** Charges of calls one after the other. */
    List<String> charges(long... inputs) {
        List<String> charges = new ArrayList<>();
        for (long input : inputs) {
            charges.add(plain(next(call("acme", MAY, input, 0)).charge()));
        }
        return charges;
    }

    @Override
    public long before(VolumeKey key) {
        return counts.getOrDefault(key, 0L);
    }

    @Override
    public BigDecimal spendBefore(SpendKey key) {
        return gross.getOrDefault(key, BigDecimal.ZERO);
    }

    /** What a closed period owes beside what was rated here. */
    SpendTerm.Due due(ClosedPeriod period) {
        return period.due(
                gross.getOrDefault(period.key(), BigDecimal.ZERO),
                owed.getOrDefault(period.key(), BigDecimal.ZERO));
    }

    static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }
}
