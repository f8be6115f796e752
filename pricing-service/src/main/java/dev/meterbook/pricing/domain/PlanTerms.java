package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Leaf;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A version of a plan, ready to charge calls. Immutable. */
final class PlanTerms {

    /** Applies where nobody has agreed on anything: the tenant owes what the provider bills. */
    static final PlanTerms NONE =
            new PlanTerms(
                    "none",
                    null,
                    BigDecimal.ZERO,
                    Map.of(),
                    new RulesByModel(List.of()),
                    SpendTerms.NONE);

    private static final String ANY_PROVIDER = "";

    private final String label;
    private final @Nullable CurrencyCode currency;
    private final BigDecimal markupPercent;
    private final BigDecimal factor;
    private final Map<String, OfferIndex> fixed;
    private final RulesByModel rules;
    private final SpendTerms spend;

    private PlanTerms(
            String label,
            @Nullable CurrencyCode currency,
            BigDecimal markupPercent,
            Map<String, OfferIndex> fixed,
            RulesByModel rules,
            SpendTerms spend) {
        this.label = label;
        this.currency = currency;
        this.markupPercent = markupPercent;
        this.factor = BigDecimal.ONE.add(markupPercent.movePointLeft(2));
        this.fixed = fixed;
        this.rules = rules;
        this.spend = spend;
    }

    /**
     * A version of a plan.
     *
     * @param spend its terms on the spend of periods
     */
    static PlanTerms of(String label, PlanVersion version, SpendTerms spend) {
        Map<String, OfferIndex> fixed = new HashMap<>();
        for (FixedPrices prices : version.fixedPrices()) {
            PriceSource source = new PriceSource(label, label, version.currency());
            fixed.computeIfAbsent(prices.provider(), any -> new OfferIndex())
                    .add(new RateOffer(source, version.validity(), new RateTable(prices.table())));
        }
        fixed.values().forEach(OfferIndex::sorted);
        return new PlanTerms(
                label,
                version.currency(),
                version.markupPercent(),
                fixed,
                new RulesByModel(version.volumeRules()),
                spend);
    }

    String label() {
        return label;
    }

    /** Rules on the tenant's running quantities for a model, by kind; most plans have none. */
    Map<Leaf, CountedRule> rules(String model) {
        return rules.of(model);
    }

    /** Terms on the spend of periods; most plans have none. */
    SpendTerms spend() {
        return spend;
    }

    /** True if a charge can depend on what was used or spent before. */
    boolean isCounted() {
        return !rules.isEmpty() || !spend.isEmpty();
    }

    BigDecimal markupPercent() {
        return markupPercent;
    }

    /** The currency in which a call that costs the given one is charged. */
    CurrencyCode chargeCurrency(CurrencyCode cost) {
        return currency == null ? cost : currency;
    }

    /** Fixed prices by kind for a call; null if there are none for its model. */
    @Nullable LeafPrices fixedPrices(CallFacts call) {
        if (fixed.isEmpty()) {
            return null;
        }
        RateTable table = fixedTable(call.provider(), call.model());
        if (table == null) {
            table = fixedTable(ANY_PROVIDER, call.model());
        }
        return table == null ? null : table.pricesFor(call.tier(), call.quantities());
    }

    private @Nullable RateTable fixedTable(String provider, String model) {
        OfferIndex index = fixed.get(provider);
        return index == null ? null : index.first(model);
    }

    /** What is owed for a cost that has no fixed price. */
    BigDecimal markedUp(BigDecimal cost) {
        return markupPercent.signum() == 0 ? cost : cost.multiply(factor);
    }

    /** What is owed for one kind: the fixed price if there is one, else its cost marked up. */
    BigDecimal charge(@Nullable UnitPrice fixedPrice, long quantity, BigDecimal cost) {
        return fixedPrice == null ? markedUp(cost) : fixedPrice.amountOf(quantity);
    }
}
