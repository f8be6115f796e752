package dev.meterbook.pricing.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;
import dev.meterbook.pricing.domain.PricingEvent.ContractCreated;
import dev.meterbook.pricing.domain.PricingEvent.TenantPlanSet;
import dev.meterbook.pricing.domain.VolumeRule.Mode;
import dev.meterbook.pricing.domain.VolumeRule.TierPrice;
import dev.meterbook.pricing.domain.charge.LinePart;
import dev.meterbook.pricing.domain.charge.PackageRounding;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The table's price of a thousand tokens is 1 for input, 8 for output. */
class VolumeRuleTest {

    private static final Instant MAY = Instant.parse("2026-05-05T12:00:00Z");

    /** Counts as the intake does. */
    private static final class Counter implements RunningQuantities {
        private final Map<VolumeKey, Long> counts = new HashMap<>();

        @Override
        public long before(VolumeKey key) {
            return counts.getOrDefault(key, 0L);
        }

        void count(Rating.Rated rated) {
            rated.counted().forEach(each -> counts.put(each.key(), each.after()));
        }
    }

    private final Counter counter = new Counter();

    private static TierPrice tier(@Nullable Long upTo, String amount, String flat) {
        return new TierPrice(upTo, new BigDecimal(amount), new BigDecimal(flat));
    }

    private static VolumeRule.Tiered tiers(Mode mode, TierPrice... tiers) {
        return new VolumeRule.Tiered(mode, 1_000, List.of(tiers));
    }

    private static VolumeRule rule(
            String id, Leaf leaf, VolumePeriod period, long free, VolumeRule.Price price) {
        return new VolumeRule(id, ModelPattern.ANY, Set.of(leaf), period, free, price);
    }

    private static VolumeRule monthly(Leaf leaf, long free, VolumeRule.Price price) {
        return rule("r", leaf, VolumePeriod.MONTH, free, price);
    }

    private static Rater rater(VolumeRule... rules) {
        return rater(new ContractTerms(List.of(), List.of(), List.of(), List.of(rules)));
    }

    private static Rater rater(ContractTerms terms) {
        PriceTable table =
                PriceTable.of(
                        "gpt-5",
                        List.of(
                                new LeafPrice(Leaf.INPUT, BigDecimal.ONE, 1_000, 0),
                                new LeafPrice(Leaf.OUTPUT, new BigDecimal("8"), 1_000, 0)));
        PriceHistory history = new PriceHistory();
        history.apply(
                1,
                Samples.NEW_YEAR,
                new ContractCreated(
                        "c",
                        "openai",
                        CurrencyCode.USD,
                        Validity.from(Samples.NEW_YEAR),
                        List.of(
                                new PriceVersion(
                                        "1",
                                        Validity.from(Samples.NEW_YEAR),
                                        List.of(table),
                                        terms))));
        history.apply(
                2,
                Samples.NEW_YEAR,
                new TenantPlanSet("acme", Samples.plan(Samples.NEW_YEAR, "50").numbered(1)));
        return new Rater(history.current());
    }

    private static CallFacts call(Instant time, Map<Leaf, Long> quantities) {
        return new CallFacts(
                "acme",
                "openai",
                "gpt-5",
                Quantities.of(quantities),
                ServiceTier.STANDARD,
                Validity.micros(time));
    }

    private Rating.Rated next(Rater rater, Instant time, Map<Leaf, Long> quantities) {
        Rating.Rated rated = (Rating.Rated) rater.rate(call(time, quantities), counter);
        counter.count(rated);
        return rated;
    }

    private String cost(Rater rater, long output) {
        return plain(next(rater, MAY, Map.of(Leaf.OUTPUT, output)).billedCost());
    }

    private static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }

    private static Rater graduated() {
        return rater(
                monthly(
                        Leaf.OUTPUT,
                        0,
                        tiers(
                                Mode.GRADUATED,
                                tier(1_000L, "8", "0"),
                                tier(5_000L, "6", "0"),
                                tier(null, "4", "0"))));
    }

    @Test
    void each_graduated_tier_prices_the_units_that_fall_into_it() {
        Rater rater = graduated();

        assertThat(cost(rater, 600)).isEqualTo("4.8");
        assertThat(cost(rater, 400)).isEqualTo("3.2");
        assertThat(cost(rater, 1)).isEqualTo("0.006");
        assertThat(cost(rater, 4_999)).isEqualTo("27.994");
    }

    @Test
    void other_kinds_cost_what_the_table_says_and_the_charge_follows_the_cost() {
        Rating.Rated rated =
                next(graduated(), MAY, Map.of(Leaf.INPUT, 2_000L, Leaf.OUTPUT, 1_500L));

        assertThat(plain(rated.billedCost())).isEqualTo("13");
        assertThat(plain(rated.charge())).isEqualTo("19.5");
        assertThat(rated.counted())
                .containsExactly(
                        new Counted(
                                new VolumeKey(
                                        "c",
                                        "r",
                                        Validity.micros(Instant.parse("2026-05-01T00:00:00Z"))),
                                0,
                                1_500));
    }

    @Test
    void kinds_that_the_named_kind_contains_are_counted_with_it() {
        Rating.Rated rated =
                next(graduated(), MAY, Map.of(Leaf.OUTPUT, 600L, Leaf.OUTPUT_REASONING, 600L));

        assertThat(plain(rated.billedCost())).isEqualTo("9.2");
        assertThat(rated.counted()).extracting(Counted::quantity).containsExactly(1_200L);
    }

    @Test
    void the_tier_that_is_reached_prices_the_whole_volume() {
        Rater rater =
                rater(
                        monthly(
                                Leaf.OUTPUT,
                                0,
                                tiers(
                                        Mode.WHOLE_VOLUME,
                                        tier(1_000L, "8", "0"),
                                        tier(null, "6", "0"))));

        assertThat(cost(rater, 1_000)).isEqualTo("8");
        assertThat(cost(rater, 100)).isEqualTo("-1.4");
        assertThat(cost(rater, 900)).isEqualTo("5.4");
    }

    @Test
    void a_flat_amount_is_owed_once_when_its_tier_is_reached() {
        Rater rater =
                rater(
                        monthly(
                                Leaf.OUTPUT,
                                0,
                                tiers(
                                        Mode.GRADUATED,
                                        tier(1_000L, "0", "5"),
                                        tier(null, "1", "2"))));

        assertThat(cost(rater, 400)).isEqualTo("5");
        assertThat(cost(rater, 600)).isEqualTo("0");
        assertThat(cost(rater, 1_000)).isEqualTo("3");
        assertThat(cost(rater, 1_000)).isEqualTo("1");
    }

    @Test
    void a_started_package_is_paid_once_and_in_full() {
        Rater rater =
                rater(
                        monthly(
                                Leaf.OUTPUT,
                                0,
                                new VolumeRule.Packaged(
                                        1_000, new BigDecimal("7"), PackageRounding.UP)));

        assertThat(cost(rater, 1)).isEqualTo("7");
        assertThat(cost(rater, 999)).isEqualTo("0");
        assertThat(cost(rater, 1)).isEqualTo("7");
        assertThat(cost(rater, 2_000)).isEqualTo("14");
    }

    @Test
    void only_full_packages_are_paid_where_that_was_agreed() {
        Rater rater =
                rater(
                        monthly(
                                Leaf.OUTPUT,
                                0,
                                new VolumeRule.Packaged(
                                        1_000, new BigDecimal("7"), PackageRounding.DOWN)));

        assertThat(cost(rater, 999)).isEqualTo("0");
        assertThat(cost(rater, 1)).isEqualTo("7");
    }

    @Test
    void a_free_amount_costs_nothing_and_then_the_table_counts_with_its_factors() {
        Rater rater =
                rater(
                        new ContractTerms(
                                List.of(
                                        new Discount(
                                                Discount.Basis.CONTRACT_PRICE,
                                                ModelPattern.ANY,
                                                new BigDecimal("50"))),
                                List.of(),
                                List.of(),
                                List.of(monthly(Leaf.OUTPUT, 1_000, new VolumeRule.OfTable()))));

        assertThat(cost(rater, 600)).isEqualTo("0");
        assertThat(cost(rater, 600)).isEqualTo("0.8");
        assertThat(cost(rater, 1_000)).isEqualTo("4");
    }

    @Test
    void tiers_begin_after_the_free_amount() {
        Rater rater =
                rater(
                        monthly(
                                Leaf.OUTPUT,
                                500,
                                tiers(
                                        Mode.GRADUATED,
                                        tier(1_000L, "8", "0"),
                                        tier(null, "6", "0"))));

        assertThat(cost(rater, 1_500)).isEqualTo("8");
        assertThat(cost(rater, 1_000)).isEqualTo("6");
    }

    @Test
    void free_calls_are_counted_by_the_call() {
        PriceTable perCall =
                PriceTable.of("gpt-5", List.of(new LeafPrice(Leaf.CALL, BigDecimal.TWO, 1, 0)));
        PriceHistory history = new PriceHistory();
        history.apply(
                1,
                Samples.NEW_YEAR,
                new ContractCreated(
                        "c",
                        "openai",
                        CurrencyCode.USD,
                        Validity.from(Samples.NEW_YEAR),
                        List.of(
                                new PriceVersion(
                                        "1",
                                        Validity.from(Samples.NEW_YEAR),
                                        List.of(perCall),
                                        new ContractTerms(
                                                List.of(),
                                                List.of(),
                                                List.of(),
                                                List.of(
                                                        monthly(
                                                                Leaf.CALL,
                                                                2,
                                                                new VolumeRule.OfTable())))))));
        Rater rater = new Rater(history.current());

        List<String> costs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            costs.add(plain(next(rater, MAY, Map.of()).billedCost()));
        }

        assertThat(costs).containsExactly("0", "0", "2", "2");
    }

    @Test
    void counting_starts_anew_with_the_period_of_the_calls_own_time() {
        Rater rater = graduated();

        assertThat(cost(rater, 1_000)).isEqualTo("8");
        Map<Leaf, Long> more = Map.of(Leaf.OUTPUT, 1_000L);
        Instant june = Instant.parse("2026-06-01T00:00:00Z");
        assertThat(plain(next(rater, june, more).billedCost())).isEqualTo("8");
        Instant lastOfMay = Instant.parse("2026-05-31T23:59:59.999999Z");
        assertThat(plain(next(rater, lastOfMay, more).billedCost())).isEqualTo("6");
        assertThat(plain(next(rater, june, more).billedCost())).isEqualTo("6");
    }

    @Test
    void periods_are_calendar_periods_in_utc() {
        long micros = Validity.micros(Instant.parse("2026-12-31T23:59:59.999999Z"));

        assertThat(VolumePeriod.MONTH.holding(micros)).isEqualTo(span("2026-12-01", "2027-01-01"));
        assertThat(VolumePeriod.YEAR.holding(micros)).isEqualTo(span("2026-01-01", "2027-01-01"));
        assertThat(VolumePeriod.MONTH.holding(micros + 1))
                .isEqualTo(span("2027-01-01", "2027-02-01"));
        assertThat(VolumePeriod.CONTRACT.holding(micros)).isEqualTo(new Validity(0, Validity.OPEN));
    }

    private static Validity span(String from, String until) {
        return new Validity(
                Validity.micros(Instant.parse(from + "T00:00:00Z")),
                Validity.micros(Instant.parse(until + "T00:00:00Z")));
    }

    @Test
    void each_part_is_explained_and_a_quantity_before_explains_the_call_again() {
        Rater rater = graduated();
        RunningQuantities before = any -> 900;

        Breakdown breakdown = rater.explain(call(MAY, Map.of(Leaf.OUTPUT, 300L)), before);

        Breakdown.Line line = breakdown.lines().getFirst();
        assertThat(line.price()).isNull();
        assertThat(line.amount()).isEqualByComparingTo("2");
        assertThat(line.charge()).isEqualByComparingTo("3");
        Breakdown.VolumeLine volume = Objects.requireNonNull(line.volume());
        assertThat(volume.rule()).isEqualTo("r");
        assertThat(volume.before()).isEqualTo(900);
        assertThat(volume.parts())
                .extracting(LinePart::quantity)
                .containsExactly(new BigDecimal("100"), new BigDecimal("200"));
        assertThat(rater.rate(call(MAY, Map.of(Leaf.OUTPUT, 300L)), before))
                .isEqualTo(breakdown.rating());
    }

    @Test
    void a_kind_without_table_price_waits_if_the_rule_has_no_price_of_its_own() {
        Rater rater = rater(monthly(Leaf.WEB_SEARCH, 10, new VolumeRule.OfTable()));

        assertThat(rater.rate(call(MAY, Map.of(Leaf.WEB_SEARCH, 1L))))
                .isEqualTo(new Rating.Unpriced(UnpricedReason.NO_PRICE_FOR_LEAF, Leaf.WEB_SEARCH));
    }

    @Property(tries = 200)
    void splitting_a_quantity_never_changes_the_sum(
            @ForAll Mode mode,
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 4_000) Integer> parts,
            @ForAll @IntRange(max = 2_000) int free) {
        Rater rater =
                rater(
                        monthly(
                                Leaf.OUTPUT,
                                free,
                                tiers(
                                        mode,
                                        tier(1_000L, "8", "3"),
                                        tier(5_000L, "6.25", "0"),
                                        tier(null, "4.5", "1"))));
        Counter split = new Counter();
        BigDecimal sum = BigDecimal.ZERO;
        for (int part : parts) {
            Rating.Rated rated =
                    (Rating.Rated) rater.rate(call(MAY, Map.of(Leaf.OUTPUT, (long) part)), split);
            split.count(rated);
            sum = sum.add(rated.billedCost());
        }
        long whole = parts.stream().mapToLong(Integer::longValue).sum();
        Rating.Rated once = (Rating.Rated) rater.rate(call(MAY, Map.of(Leaf.OUTPUT, whole)));

        assertThat(sum).isEqualByComparingTo(once.billedCost());
    }

    @Property(tries = 200)
    void the_lines_of_a_call_add_up_to_its_cost(
            @ForAll Mode mode,
            @ForAll @IntRange(max = 7_000) int before,
            @ForAll @IntRange(min = 1, max = 4_000) int output,
            @ForAll @IntRange(min = 1, max = 4_000) int reasoning) {
        Rater rater =
                rater(
                        monthly(
                                Leaf.OUTPUT,
                                500,
                                tiers(
                                        mode,
                                        tier(1_000L, "8", "3"),
                                        tier(5_000L, "6.25", "0"),
                                        tier(null, "4.5", "1"))));
        Map<Leaf, Long> used =
                Map.of(
                        Leaf.INPUT,
                        7L,
                        Leaf.OUTPUT,
                        (long) output,
                        Leaf.OUTPUT_REASONING,
                        (long) reasoning);

        Breakdown breakdown = rater.explain(call(MAY, used), any -> before);

        assertThat(
                        breakdown.lines().stream()
                                .map(Breakdown.Line::amount)
                                .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(((Rating.Rated) breakdown.rating()).billedCost());
    }

    @Property(tries = 200)
    void the_parts_of_a_line_add_up_to_its_amount(
            @ForAll Mode mode,
            @ForAll @IntRange(max = 7_000) int before,
            @ForAll @IntRange(min = 1, max = 7_000) int quantity,
            @ForAll @IntRange(max = 2_000) int free) {
        Rater rater =
                rater(
                        monthly(
                                Leaf.OUTPUT,
                                free,
                                tiers(
                                        mode,
                                        tier(1_000L, "8", "3"),
                                        tier(5_000L, "6.25", "0"),
                                        tier(null, "4.5", "1"))));

        Breakdown.Line line =
                rater.explain(call(MAY, Map.of(Leaf.OUTPUT, (long) quantity)), any -> before)
                        .lines()
                        .getFirst();

        assertThat(
                        Objects.requireNonNull(line.volume()).parts().stream()
                                .map(LinePart::amount)
                                .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(line.amount());
    }
}
