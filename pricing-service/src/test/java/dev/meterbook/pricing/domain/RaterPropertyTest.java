package dev.meterbook.pricing.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;
import dev.meterbook.pricing.domain.PricingEvent.ContractCreated;
import dev.meterbook.pricing.domain.PricingEvent.TenantPlanSet;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

class RaterPropertyTest {

    private static final long MAY = Validity.micros(Instant.parse("2026-05-05T00:00:00Z"));

    @Provide
    Arbitrary<LeafPrice> prices() {
        return Combinators.combine(
                        Arbitraries.of(Leaf.values()),
                        Arbitraries.bigDecimals()
                                .between(BigDecimal.ZERO, BigDecimal.valueOf(1_000))
                                .ofScale(9),
                        Arbitraries.of(1L, 60L, 1_000L, 1_024L, 1_000_000L, 1_000_000_000L))
                .as((leaf, amount, per) -> new LeafPrice(leaf, amount, per, 0));
    }

    /** A table in which every kind has a price. */
    @Provide
    Arbitrary<PriceTable> tables() {
        List<Arbitrary<LeafPrice>> each = new ArrayList<>();
        for (Leaf leaf : Leaf.values()) {
            each.add(prices().map(price -> new LeafPrice(leaf, price.amount(), price.per(), 0)));
        }
        return Combinators.combine(each).as(prices -> PriceTable.of("model", prices));
    }

    @Provide
    Arbitrary<Quantities> quantities() {
        return Combinators.combine(
                        Arbitraries.of(Leaf.values()),
                        Arbitraries.longs().between(1, 1_000_000_000))
                .as(QuantityPair::new)
                .list()
                .ofMaxSize(6)
                .map(RaterPropertyTest::sum);
    }

    private record QuantityPair(Leaf leaf, long quantity) {}

    private static Quantities sum(List<QuantityPair> pairs) {
        Quantities.Builder builder = Quantities.builder();
        pairs.forEach(pair -> builder.add(pair.leaf, pair.quantity));
        return builder.build();
    }

    private static Rater rater(PriceTable table, String markup) {
        PriceHistory history = new PriceHistory();
        history.apply(1, Samples.NEW_YEAR, contract("c", table));
        history.apply(
                2,
                Samples.NEW_YEAR,
                new TenantPlanSet("acme", Samples.plan(Samples.NEW_YEAR, markup).numbered(1)));
        return new Rater(history.current());
    }

    private static ContractCreated contract(String id, PriceTable table) {
        return new ContractCreated(
                id,
                "provider",
                CurrencyCode.USD,
                Validity.from(Samples.NEW_YEAR),
                List.of(Samples.version("1", Samples.NEW_YEAR, table)));
    }

    private static CallFacts call(Quantities quantities) {
        return new CallFacts("acme", "provider", "model", quantities, ServiceTier.STANDARD, MAY);
    }

    private static Rating.Rated rate(Rater rater, Quantities quantities) {
        return (Rating.Rated) rater.rate(call(quantities));
    }

    @Property
    void splitting_a_quantity_never_changes_the_sum(
            @ForAll @LongRange(min = 1, max = 1_000_000_000) long first,
            @ForAll @LongRange(min = 1, max = 1_000_000_000) long second,
            @ForAll("exactPrices") LeafPrice price) {
        Rater rater = rater(PriceTable.of("model", List.of(price)), "12.5");
        Quantities whole = Quantities.builder().add(price.leaf(), first + second).build();
        Quantities one = Quantities.builder().add(price.leaf(), first).build();
        Quantities other = Quantities.builder().add(price.leaf(), second).build();

        assertThat(rate(rater, one).billedCost().add(rate(rater, other).billedCost()))
                .isEqualByComparingTo(rate(rater, whole).billedCost());
        assertThat(rate(rater, one).charge().add(rate(rater, other).charge()))
                .isEqualByComparingTo(rate(rater, whole).charge());
    }

    /** Prices whose division ends by itself. */
    @Provide
    Arbitrary<LeafPrice> exactPrices() {
        return prices().filter(price -> price.per() != 60);
    }

    @Property
    void the_lines_add_up_to_the_rating(
            @ForAll("tables") PriceTable table, @ForAll("quantities") Quantities quantities) {
        Breakdown breakdown = rater(table, "7.25").explain(call(quantities));
        Rating.Rated rated = (Rating.Rated) breakdown.rating();

        assertThat(sumOf(breakdown.lines().stream().map(Breakdown.Line::amount).toList()))
                .isEqualByComparingTo(rated.billedCost());
        assertThat(sumOf(breakdown.lines().stream().map(Breakdown.Line::charge).toList()))
                .isEqualByComparingTo(rated.charge());
    }

    @Property
    void amounts_stay_within_forty_digits_on_either_side(
            @ForAll("tables") PriceTable table, @ForAll("quantities") Quantities quantities) {
        Rating.Rated rated = rate(rater(table, "99.9999"), quantities);

        assertThat(rated.charge().stripTrailingZeros().scale()).isLessThanOrEqualTo(40);
        assertThat(rated.charge().precision() - rated.charge().scale()).isLessThanOrEqualTo(40);
    }

    @Property
    void the_price_as_known_then_never_changes(
            @ForAll("tables") PriceTable table,
            @ForAll("tables") PriceTable later,
            @ForAll("quantities") Quantities quantities) {
        PriceHistory history = new PriceHistory();
        history.apply(1, Samples.NEW_YEAR, contract("b", table));
        Rating then = new Rater(history.current()).rate(call(quantities));

        history.apply(5, Samples.NEW_YEAR, contract("a", later));
        history.apply(
                6,
                Samples.NEW_YEAR,
                new TenantPlanSet("acme", Samples.plan(Samples.NEW_YEAR, "50").numbered(1)));

        assertThat(new Rater(history.asKnownAt(5)).rate(call(quantities))).isEqualTo(then);
        assertThat(history.current().position()).isEqualTo(6);
        assertThat(history.asKnownAt(5).position()).isEqualTo(1);
    }

    private static BigDecimal sumOf(List<BigDecimal> amounts) {
        return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
