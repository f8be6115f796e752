package dev.meterbook.pricing.domain;

import static dev.meterbook.pricing.domain.SpendWorld.MAY;
import static dev.meterbook.pricing.domain.SpendWorld.call;
import static dev.meterbook.pricing.domain.SpendWorld.plain;
import static dev.meterbook.pricing.domain.SpendWorld.plan;
import static dev.meterbook.pricing.domain.SpendWorld.term;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Leaf;
import dev.meterbook.pricing.domain.PricingEvent.ExchangeRateSet;
import dev.meterbook.pricing.domain.VolumeRule.Mode;
import dev.meterbook.pricing.domain.VolumeRule.TierPrice;
import dev.meterbook.pricing.domain.charge.PackageRounding;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An input token costs 1 USD, an output token 10; the tenant's plan counts for itself. */
class PlanVolumeTest {

    private static VolumeRule rule(Leaf leaf, long free, VolumeRule.Price price) {
        return new VolumeRule("r", ModelPattern.ANY, Set.of(leaf), VolumePeriod.MONTH, free, price);
    }

    private static TierPrice tier(@Nullable Long upTo, String amount) {
        return new TierPrice(upTo, new BigDecimal(amount), BigDecimal.ZERO);
    }

    private static SpendWorld world(String markup, VolumeRule... rules) {
        return new SpendWorld()
                .contract()
                .plan("acme", plan(MAY, markup, List.of(rules), List.of()));
    }

    @Test
    void included_volume_is_free_and_then_cost_and_mark_up_are_charged() {
        SpendWorld world = world("20", rule(Leaf.INPUT, 100, new VolumeRule.OfTable()));

        // 100 free; of the second call 40 of 80 units are paid
        assertThat(world.charges(60, 80, 10)).containsExactly("0", "48", "12");
    }

    @Test
    void included_volume_is_free_and_then_the_fixed_price_is_charged() {
        PlanVersion plan =
                new PlanVersion(
                        1,
                        Validity.from(MAY),
                        BigDecimal.ZERO,
                        CurrencyCode.USD,
                        List.of(
                                new FixedPrices(
                                        "",
                                        PriceTable.of(
                                                "gpt-5",
                                                List.of(
                                                        new LeafPrice(
                                                                Leaf.INPUT,
                                                                new BigDecimal("3"),
                                                                1,
                                                                0))))),
                        List.of(rule(Leaf.INPUT, 100, new VolumeRule.OfTable())),
                        List.of());
        SpendWorld world = new SpendWorld().contract().plan("acme", plan);

        assertThat(world.charges(60, 80, 10)).containsExactly("0", "120", "30");
    }

    @Test
    void tiers_of_a_plan_are_the_charge_and_take_no_mark_up() {
        SpendWorld world =
                world(
                        "50",
                        rule(
                                Leaf.INPUT,
                                0,
                                new VolumeRule.Tiered(
                                        Mode.GRADUATED,
                                        1,
                                        List.of(tier(100L, "5"), tier(null, "2")))));

        Rating.Rated rated = world.next(call("acme", MAY, 130, 2));

        // 100 × 5 + 30 × 2, and two output tokens at 10 with 50 percent
        assertThat(plain(rated.charge())).isEqualTo("590");
        assertThat(plain(rated.billedCost())).isEqualTo("150");
        assertThat(rated.counted())
                .extracting(each -> each.key().owner())
                .containsExactly("plan:acme");
    }

    @Test
    void the_tier_that_is_reached_charges_the_whole_volume() {
        SpendWorld world =
                world(
                        "0",
                        rule(
                                Leaf.INPUT,
                                0,
                                new VolumeRule.Tiered(
                                        Mode.WHOLE_VOLUME,
                                        1,
                                        List.of(tier(100L, "5"), tier(null, "2")))));

        assertThat(world.charges(100, 1)).containsExactly("500", "-298");
    }

    @Test
    void packages_of_a_plan_are_charged_when_they_are_started() {
        SpendWorld world =
                world(
                        "0",
                        rule(
                                Leaf.INPUT,
                                0,
                                new VolumeRule.Packaged(
                                        100, new BigDecimal("30"), PackageRounding.UP)));

        assertThat(world.charges(1, 99, 1)).containsExactly("30", "0", "30");
    }

    @Test
    void a_plan_can_charge_calls_that_the_contract_has_no_price_for() {
        SpendWorld world =
                world(
                        "0",
                        rule(
                                Leaf.CALL,
                                2,
                                new VolumeRule.Tiered(
                                        Mode.GRADUATED, 1, List.of(tier(null, "0.5")))));

        assertThat(world.charges(1, 1, 1)).containsExactly("1", "1", "1.5");
    }

    @Test
    void rules_of_contract_and_plan_with_the_same_id_never_meet() {
        VolumeRule free = rule(Leaf.INPUT, 10, new VolumeRule.OfTable());
        SpendWorld world = new SpendWorld();
        world.knows(
                new PricingEvent.ContractCreated(
                        "c",
                        "openai",
                        CurrencyCode.USD,
                        Validity.from(Samples.NEW_YEAR),
                        List.of(
                                new PriceVersion(
                                        "1",
                                        Validity.from(Samples.NEW_YEAR),
                                        List.of(
                                                PriceTable.of(
                                                        "gpt-5",
                                                        List.of(
                                                                new LeafPrice(
                                                                        Leaf.INPUT,
                                                                        BigDecimal.ONE,
                                                                        1,
                                                                        0),
                                                                new LeafPrice(
                                                                        Leaf.OUTPUT,
                                                                        BigDecimal.TEN,
                                                                        1,
                                                                        0)))),
                                        new ContractTerms(
                                                List.of(), List.of(), List.of(), List.of(free))))));
        world.plan(
                "acme",
                plan(
                        MAY,
                        "0",
                        List.of(
                                rule(
                                        Leaf.INPUT,
                                        0,
                                        new VolumeRule.Tiered(
                                                Mode.GRADUATED,
                                                1,
                                                List.of(tier(15L, "5"), tier(null, "2"))))),
                        List.of()));
        world.next(call("globex", MAY, 10, 0));

        Rating.Rated rated = world.next(call("acme", MAY, 20, 0));

        assertThat(plain(rated.billedCost())).isEqualTo("20");
        assertThat(plain(rated.charge())).isEqualTo("85");
        assertThat(rated.counted()).extracting(Counted::before).containsExactly(10L, 0L);
    }

    @Test
    void tiers_are_in_the_plans_currency_and_costs_are_converted() {
        CurrencyCode eur = CurrencyCode.of("EUR");
        SpendWorld world = new SpendWorld().contract();
        world.knows(
                new ExchangeRateSet(
                        new ExchangeRate(
                                "half",
                                CurrencyCode.USD,
                                eur,
                                new BigDecimal("0.5"),
                                Validity.micros(Samples.NEW_YEAR))));
        world.plan(
                "acme",
                new PlanVersion(
                        1,
                        Validity.from(MAY),
                        BigDecimal.ZERO,
                        eur,
                        List.of(),
                        List.of(
                                rule(
                                        Leaf.INPUT,
                                        0,
                                        new VolumeRule.Tiered(
                                                Mode.GRADUATED, 1, List.of(tier(null, "5"))))),
                        List.of(term("cap", null, "108", null))));

        Rating.Rated rated = world.next(call("acme", MAY, 20, 2));

        // 20 × 5 EUR, and 20 USD at 0.5: 110 EUR, of which 108 are owed
        assertThat(plain(rated.charge())).isEqualTo("108");
        assertThat(rated.chargeCurrency()).isEqualTo(eur);
        assertThat(rated.spent().getFirst().key().currency()).isEqualTo(eur);
    }

    @Test
    void an_explanation_shows_the_parts_of_the_charge() {
        SpendWorld world = world("20", rule(Leaf.INPUT, 100, new VolumeRule.OfTable()));
        world.charges(60);

        Breakdown.Line line =
                new Rater(world.book()).explain(call("acme", MAY, 80, 0), world).lines().getFirst();

        Breakdown.VolumeLine plan = Objects.requireNonNull(line.planVolume());
        assertThat(plan.before()).isEqualTo(60);
        assertThat(plan.parts())
                .extracting(each -> each.ref() + " " + each.quantity())
                .containsExactly("free 40", "plan 40");
        assertThat(plain(plan.parts().getLast().amount())).isEqualTo("48");
        assertThat(line.volume()).isNull();
    }

    @Property(tries = 200)
    void splitting_a_quantity_never_changes_the_sum_of_the_charges(
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 90) Integer> parts,
            @ForAll @IntRange(max = 200) int free,
            @ForAll @IntRange(max = 90) int markup) {
        VolumeRule rule = rule(Leaf.INPUT, free, new VolumeRule.OfTable());
        SpendWorld world = world(Integer.toString(markup), rule);
        BigDecimal sum = BigDecimal.ZERO;
        for (int part : parts) {
            sum = sum.add(world.next(call("acme", MAY, part, 0)).charge());
        }
        long used = parts.stream().mapToLong(Integer::longValue).sum();
        BigDecimal expected =
                BigDecimal.valueOf(Math.max(0, used - free))
                        .multiply(BigDecimal.valueOf(100L + markup, 2));

        assertThat(sum).isEqualByComparingTo(expected);
    }
}
