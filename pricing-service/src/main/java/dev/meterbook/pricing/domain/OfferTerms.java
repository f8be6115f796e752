package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.Leaf;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The terms of a contract for one model and one basis of price. Which of them hold depends on the
 * call's region and time; each combination is made once. Safe for use by many threads.
 */
final class OfferTerms {

    private final @Nullable Discount discount;
    private final List<RegionSurcharge> surcharges;
    private final List<TimeBand> bands;
    private final Map<Leaf, CountedRule> rules;
    private final SpendTerms spend;

    /** By surcharge and band; two threads may make the same one, and come to the same. */
    private final @Nullable Adjustment[] known;

    private OfferTerms(
            @Nullable Discount discount,
            List<RegionSurcharge> surcharges,
            List<TimeBand> bands,
            Map<Leaf, CountedRule> rules,
            SpendTerms spend) {
        this.discount = discount;
        this.surcharges = surcharges;
        this.bands = bands;
        this.rules = rules;
        this.spend = spend;
        this.known = new @Nullable Adjustment[(surcharges.size() + 1) * (bands.size() + 1)];
    }

    /**
     * Terms for a model; null if none concern it.
     *
     * @param spend the spend terms among them, which concern every model
     */
    static @Nullable OfferTerms of(
            SpendTerms spend, ContractTerms terms, Discount.Basis basis, String model) {
        Discount discount = discount(terms, basis, model);
        List<RegionSurcharge> surcharges =
                terms.surcharges().stream()
                        .filter(each -> each.models().includes(model))
                        .sorted(
                                Comparator.comparingInt(
                                                (RegionSurcharge each) -> each.regions().rank())
                                        .thenComparingInt(each -> each.models().rank())
                                        .reversed())
                        .toList();
        List<TimeBand> bands =
                terms.timeBands().stream().filter(each -> each.models().includes(model)).toList();
        Map<Leaf, CountedRule> rules = CountedRule.byLeaf(terms.volumeRules(), model);
        boolean isNone = discount == null && surcharges.isEmpty() && bands.isEmpty();
        return isNone && rules.isEmpty() && spend.isEmpty()
                ? null
                : new OfferTerms(discount, surcharges, bands, rules, spend);
    }

    /** The discount that names a model most closely; null if there is none. */
    static @Nullable Discount discount(ContractTerms terms, Discount.Basis basis, String model) {
        return terms.discounts().stream()
                .filter(each -> each.basis() == basis && each.models().includes(model))
                .max(Comparator.comparingInt(each -> each.models().rank()))
                .orElse(null);
    }

    /** Rules on running quantities, by kind; most contracts have none. */
    Map<Leaf, CountedRule> rules() {
        return rules;
    }

    /** Terms on the spend of periods; most contracts have none. */
    SpendTerms spend() {
        return spend;
    }

    /** True if what a call costs depends on what was used or spent before. */
    boolean isCounted() {
        return !rules.isEmpty() || !spend.isEmpty();
    }

    /** What holds for a call. */
    Adjustment forCall(CallFacts call) {
        int surcharge = surcharge(call.region());
        int band = band(call.occurTimeMicros());
        int place = surcharge * (bands.size() + 1) + band;
        Adjustment adjustment = known[place];
        if (adjustment == null) {
            adjustment = made(surcharge, band);
            known[place] = adjustment;
        }
        return adjustment;
    }

    private int surcharge(String region) {
        for (int i = 0; i < surcharges.size(); i++) {
            if (surcharges.get(i).regions().includes(region)) {
                return i;
            }
        }
        return surcharges.size();
    }

    private int band(long micros) {
        for (int i = 0; i < bands.size(); i++) {
            if (bands.get(i).includes(micros)) {
                return i;
            }
        }
        return bands.size();
    }

    private Adjustment made(int surcharge, int band) {
        List<@Nullable Factor> factors = new ArrayList<>();
        factors.add(discount == null ? null : discount.factor());
        factors.add(surcharge < surcharges.size() ? surcharges.get(surcharge).factor() : null);
        factors.add(band < bands.size() ? bands.get(band).factor() : null);
        return new Adjustment(factors.stream().flatMap(OfferTerms::ifAny).toList());
    }

    private static Stream<Factor> ifAny(@Nullable Factor factor) {
        return Objects.isNull(factor) ? Stream.empty() : Stream.of(factor);
    }
}
