package dev.meterbook.pricing.domain;

import static dev.meterbook.pricing.domain.SpendWorld.MAY;
import static dev.meterbook.pricing.domain.SpendWorld.call;
import static dev.meterbook.pricing.domain.SpendWorld.commitment;
import static dev.meterbook.pricing.domain.SpendWorld.plain;
import static dev.meterbook.pricing.domain.SpendWorld.plan;
import static dev.meterbook.pricing.domain.SpendWorld.term;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Leaf;
import dev.meterbook.pricing.domain.PricingEvent.ContractPricesAdded;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** An input token costs 1 USD, an output token 10. */
class SpendTermTest {

    private static final List<VolumeRule> NO_RULES = List.of();

    @Test
    void what_passes_a_cap_costs_nothing() {
        SpendWorld world = new SpendWorld().contract(term("cap", null, "100", null));

        assertThat(world.costs(60, 60, 60)).containsExactly("60", "40", "0");
    }

    @Test
    void what_passes_a_commitment_costs_its_multiple() {
        SpendWorld world =
                new SpendWorld().contract(term("c", null, null, commitment("100", "1.5")));

        assertThat(world.costs(60, 60, 60)).containsExactly("60", "70", "90");
    }

    @Test
    void a_cap_holds_for_overage_as_well() {
        // 100 + 2 × 30 = 160 is above 150
        SpendWorld world =
                new SpendWorld().contract(term("c", null, "150", commitment("100", "2")));

        assertThat(world.costs(90, 20, 20, 5)).containsExactly("90", "30", "30", "0");
    }

    @Test
    void counting_starts_anew_with_the_period_of_the_calls_own_time() {
        SpendWorld world = new SpendWorld().contract(term("cap", null, "100", null));
        Instant june = Instant.parse("2026-06-01T00:00:00Z");

        assertThat(world.costs(150)).containsExactly("100");
        assertThat(plain(world.next(call("acme", june, 70, 0)).billedCost())).isEqualTo("70");
        assertThat(world.costs(1)).containsExactly("0");
        assertThat(plain(world.next(call("acme", june, 70, 0)).billedCost())).isEqualTo("30");
    }

    @Test
    void terms_work_one_after_the_other_each_on_what_the_one_before_leaves() {
        // The month passes 50 of each call on to the year's commitment of 80, beyond it half.
        SpendTerm year =
                new SpendTerm(
                        "year",
                        VolumePeriod.YEAR,
                        null,
                        null,
                        commitment("80", "0.5"),
                        SpendTerm.Proration.WHOLE_PERIOD);
        SpendWorld world = new SpendWorld().contract(term("month", null, "50", null), year);
        Instant june = Instant.parse("2026-06-01T00:00:00Z");

        assertThat(world.costs(60)).containsExactly("50");
        Rating.Rated second = world.next(call("acme", june, 60, 0));

        // 30 to the commitment, 20 beyond it
        assertThat(plain(second.billedCost())).isEqualTo("40");
        assertThat(second.spent())
                .extracting(each -> each.key().term())
                .containsExactly("month", "year");
        assertThat(second.spent())
                .extracting(each -> plain(each.before()))
                .containsExactly("0", "50");
        assertThat(second.spent())
                .extracting(each -> plain(each.gross()))
                .containsExactly("60", "50");
        assertThat(second.spent())
                .extracting(each -> plain(each.owed()))
                .containsExactly("50", "40");
    }

    @Test
    void a_contract_counts_all_tenants_a_plan_each_by_itself() {
        SpendWorld world =
                new SpendWorld()
                        .contract(term("t", null, "100", null))
                        .plan("", plan(MAY, "0", NO_RULES, List.of(term("t", null, "50", null))));

        Rating.Rated acme = world.next(call("acme", MAY, 60, 0));
        Rating.Rated globex = world.next(call("globex", MAY, 60, 0));
        Rating.Rated again = world.next(call("globex", MAY, 60, 0));

        assertThat(List.of(plain(acme.billedCost()), plain(acme.charge())))
                .containsExactly("60", "50");
        assertThat(List.of(plain(globex.billedCost()), plain(globex.charge())))
                .containsExactly("40", "40");
        assertThat(List.of(plain(again.billedCost()), plain(again.charge())))
                .containsExactly("0", "0");
        assertThat(globex.spent())
                .extracting(each -> each.key().owner())
                .containsExactly("c", "plan:globex");
    }

    @Test
    void the_charge_follows_a_capped_cost_and_the_list_cost_stays() {
        SpendWorld world =
                new SpendWorld()
                        .contract(term("cap", null, "100", null))
                        .plan("acme", plan(MAY, "10", NO_RULES, List.of()));

        Rating.Rated rated = world.next(call("acme", MAY, 160, 0));

        assertThat(plain(rated.billedCost())).isEqualTo("100");
        assertThat(plain(rated.charge())).isEqualTo("110");
        assertThat(rated.listCost()).isEqualByComparingTo("160");
    }

    @Test
    void a_fixed_price_does_not_follow_a_capped_cost() {
        // Of the 100 that the call costs, 60 are charged by cost; capped to 50, 30 are.
        PlanVersion fixed =
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
                                                                Leaf.OUTPUT,
                                                                new BigDecimal("7"),
                                                                1,
                                                                0))))));
        SpendWorld world =
                new SpendWorld().contract(term("cap", null, "50", null)).plan("acme", fixed);

        Breakdown breakdown = new Rater(world.book()).explain(call("acme", MAY, 60, 4), world);
        Rating.Rated rated = (Rating.Rated) breakdown.rating();

        assertThat(plain(rated.charge())).isEqualTo("58");
        assertThat(breakdown.lines())
                .extracting(each -> plain(each.charge()))
                .containsExactly("60", "28");
        assertThat(plain(breakdown.spendLines().getFirst().chargeDifference())).isEqualTo("-30");
    }

    @Test
    void an_explanation_shows_cap_and_overage_with_the_numbers_before_and_after() {
        SpendWorld world =
                new SpendWorld()
                        .contract(term("promise", null, null, commitment("100", "1.5")))
                        .plan(
                                "acme",
                                plan(MAY, "10", NO_RULES, List.of(term("cap", null, "120", null))));
        world.costs(90);

        Breakdown breakdown = new Rater(world.book()).explain(call("acme", MAY, 30, 0), world);

        // 10 within, 20 at 1.5: 40; charged 44, of which 21 are left to the cap
        Breakdown.SpendLine overage = breakdown.spendLines().getFirst();
        assertThat(overage.effect()).isEqualTo("overage");
        assertThat(plain(overage.spent().before())).isEqualTo("90");
        assertThat(plain(overage.spent().after())).isEqualTo("120");
        assertThat(plain(overage.spent().owed())).isEqualTo("40");
        assertThat(plain(overage.chargeDifference())).isEqualTo("11");
        Breakdown.SpendLine cap = breakdown.spendLines().getLast();
        assertThat(cap.effect()).isEqualTo("cap");
        assertThat(plain(cap.spent().before())).isEqualTo("99");
        assertThat(plain(cap.spent().gross())).isEqualTo("44");
        assertThat(plain(cap.spent().owed())).isEqualTo("21");
        assertThat(plain(((Rating.Rated) breakdown.rating()).charge())).isEqualTo("21");
    }

    @Test
    void a_call_without_terms_counts_nothing() {
        Rating.Rated rated = new SpendWorld().contract().next(call("acme", MAY, 5, 0));

        assertThat(rated.spent()).isEmpty();
        assertThat(plain(rated.billedCost())).isEqualTo("5");
    }

    @Test
    void by_days_a_period_with_a_start_or_an_end_inside_has_smaller_amounts() {
        // 10 of 31 days: 310 → 100, 31 → 10
        SpendTerm term = term("t", "31", "310", null, SpendTerm.Proration.BY_DAYS);
        Validity days =
                new Validity(
                        Validity.micros(Instant.parse("2026-05-05T11:00:00Z")),
                        Validity.micros(Instant.parse("2026-05-14T01:00:00Z")));
        SpendWorld world = new SpendWorld().contract(days, term);

        assertThat(world.costs(150)).containsExactly("100");
        assertThat(periods(world, "2026-05", "2026-05-20T00:00:00Z"))
                .singleElement()
                .satisfies(
                        each -> {
                            assertThat(each.period()).isEqualTo(days);
                            assertThat(each.term().minimum()).isEqualByComparingTo("10");
                        });
    }

    private static List<ClosedPeriod> periods(SpendWorld world, String month, String now) {
        long first = Validity.micros(Instant.parse(month + "-01T00:00:00Z"));
        return world.book()
                .closedPeriods(
                        VolumePeriod.MONTH.holding(first),
                        Validity.micros(Instant.parse(now)),
                        Set.of());
    }

    @Test
    void a_month_without_any_call_owes_the_whole_minimum() {
        SpendWorld world = new SpendWorld().contract(term("least", "500", null, null));

        ClosedPeriod may = periods(world, "2026-05", "2026-06-01T00:00:00Z").getFirst();

        assertThat(world.due(may).reason()).isEqualTo(SpendTerm.Reason.MINIMUM);
        assertThat(world.due(may).amount()).isEqualByComparingTo("500");
        assertThat(may.version()).isEqualTo("1");
    }

    @Test
    void a_period_that_is_not_over_is_not_settled() {
        SpendWorld world = new SpendWorld().contract(term("least", "500", null, null));

        assertThat(periods(world, "2026-05", "2026-05-31T23:59:59Z")).isEmpty();
        assertThat(periods(world, "2025-12", "2026-05-31T23:59:59Z")).isEmpty();
    }

    @Test
    void what_is_missing_to_the_larger_of_minimum_and_commitment_is_owed() {
        SpendWorld world = new SpendWorld().contract(term("t", "80", null, commitment("100", "2")));
        world.costs(30);

        ClosedPeriod may = periods(world, "2026-05", "2026-06-01T00:00:00Z").getFirst();

        assertThat(world.due(may).reason()).isEqualTo(SpendTerm.Reason.COMMITMENT_SHORTFALL);
        assertThat(world.due(may).amount()).isEqualByComparingTo("70");
    }

    @Test
    void the_version_that_holds_at_the_last_moment_of_the_period_counts() {
        SpendWorld world = new SpendWorld().contract(term("least", "500", null, null));
        world.knows(
                new ContractPricesAdded(
                        "c",
                        new PriceVersion(
                                "cheaper",
                                Validity.from(Instant.parse("2026-05-31T00:00:00Z")),
                                List.of(),
                                new ContractTerms(
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        List.of(term("least", "300", null, null))))));

        ClosedPeriod april = periods(world, "2026-04", "2026-06-01T00:00:00Z").getFirst();
        ClosedPeriod may = periods(world, "2026-05", "2026-06-01T00:00:00Z").getFirst();

        assertThat(april.term().minimum()).isEqualByComparingTo("500");
        assertThat(may.term().minimum()).isEqualByComparingTo("300");
        assertThat(may.version()).isEqualTo("cheaper");
    }

    @Test
    void years_and_whole_contracts_are_over_when_they_end() {
        SpendTerm whole =
                new SpendTerm(
                        "whole",
                        VolumePeriod.CONTRACT,
                        new BigDecimal("9"),
                        null,
                        null,
                        SpendTerm.Proration.WHOLE_PERIOD);
        SpendTerm year =
                new SpendTerm(
                        "year",
                        VolumePeriod.YEAR,
                        new BigDecimal("9"),
                        null,
                        null,
                        SpendTerm.Proration.WHOLE_PERIOD);
        Validity life =
                new Validity(
                        Validity.micros(Samples.NEW_YEAR),
                        Validity.micros(Instant.parse("2027-03-01T00:00:00Z")));
        SpendWorld world = new SpendWorld().contract(life, whole, year);

        assertThat(periods(world, "2026-02", "2026-12-31T00:00:00Z")).isEmpty();
        assertThat(periods(world, "2026-02", "2027-01-01T00:00:00Z"))
                .extracting(each -> each.key().term())
                .containsExactly("year");
        assertThat(periods(world, "2027-02", "2027-03-01T00:00:00Z"))
                .extracting(each -> each.key().term())
                .containsExactly("year", "whole");
    }

    @Property(tries = 300)
    void the_costs_of_the_calls_are_what_the_period_owes_however_it_is_split(
            @ForAll @Size(min = 1, max = 9) List<@IntRange(max = 60) Integer> calls,
            @ForAll @IntRange(min = 1, max = 200) int promised,
            @ForAll @IntRange(max = 40) int overageTenths,
            @ForAll @IntRange(max = 200) int room) {
        String factor = BigDecimal.valueOf(overageTenths, 1).toPlainString();
        SpendTerm term =
                term(
                        "t",
                        null,
                        Integer.toString(promised + room),
                        commitment(Integer.toString(promised), factor));
        SpendWorld split = new SpendWorld().contract(term);
        BigDecimal sum = BigDecimal.ZERO;
        for (int call : calls) {
            sum = sum.add(split.next(call("acme", MAY, call, 0)).billedCost());
        }
        int gross = calls.stream().mapToInt(Integer::intValue).sum();
        int within = Math.min(gross, promised);
        BigDecimal beyond = new BigDecimal(factor).multiply(BigDecimal.valueOf(gross - within));
        BigDecimal expected =
                BigDecimal.valueOf(within).add(beyond).min(BigDecimal.valueOf(promised + room));

        assertThat(sum).isEqualByComparingTo(expected);
    }

    @Property(tries = 300)
    void lines_and_differences_add_up_to_cost_and_charge(
            @ForAll @IntRange(max = 100) int before,
            @ForAll @IntRange(min = 1, max = 100) int input,
            @ForAll @IntRange(max = 9) int output,
            @ForAll @IntRange(min = 1, max = 99) int markup) {
        SpendWorld world =
                new SpendWorld()
                        .contract(term("a", null, "120", commitment("70", "1.3")))
                        .plan(
                                "acme",
                                plan(
                                        MAY,
                                        Integer.toString(markup),
                                        NO_RULES,
                                        List.of(term("b", null, "90", null))));
        world.costs(before);

        Breakdown breakdown =
                new Rater(world.book()).explain(call("acme", MAY, input, output), world);
        Rating.Rated rated = (Rating.Rated) breakdown.rating();

        BigDecimal cost =
                breakdown.lines().stream()
                        .map(Breakdown.Line::amount)
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal charge =
                breakdown.lines().stream()
                        .map(Breakdown.Line::charge)
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        for (Breakdown.SpendLine line : breakdown.spendLines()) {
            charge = charge.add(line.chargeDifference());
            if (line.spent().key().owner().equals("c")) {
                cost = cost.add(line.spent().owed()).subtract(line.spent().gross());
            }
        }
        assertThat(rated.billedCost()).isEqualByComparingTo(cost);
        assertThat(rated.charge()).isEqualByComparingTo(charge);
    }
}
