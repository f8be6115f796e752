package dev.meterbook.pricing.domain.charge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meterbook.kernel.Violation;
import dev.meterbook.pricing.domain.charge.Tiers.Step;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChargeModelTest {

    private static final ChargeOptions FEE_AT_OPENING = Dialect.OPENMETER.options();
    private static final ChargeOptions FEE_WITH_USAGE = Dialect.FLEXPRICE.options();

    /** 3 a unit and 7 once up to 10, 2 a unit up to 100 with a fee of 5, then 0.5 a unit. */
    private static final List<Step> STEPS =
            List.of(step("10", "3", "7"), step("100", "2", "5"), step(null, "0.5", null));

    private static Step step(@Nullable String upTo, @Nullable String unit, @Nullable String flat) {
        return new Step(null, number(upTo), number(unit), number(flat));
    }

    private static @Nullable BigDecimal number(@Nullable String text) {
        return text == null ? null : new BigDecimal(text);
    }

    private static Graduated graduated(ChargeOptions options) {
        return new Graduated(Tiers.of(options.tierEnd(), STEPS), options);
    }

    private static Volume volume(ChargeOptions options) {
        return new Volume(Tiers.of(options.tierEnd(), STEPS), options);
    }

    private static void assertTotal(ChargeModel model, String quantity, String expected) {
        assertThat(model.total(new BigDecimal(quantity))).isEqualByComparingTo(expected);
    }

    private static void assertBetween(
            ChargeModel model, String prior, String after, String expected) {
        assertThat(model.amountBetween(new BigDecimal(prior), new BigDecimal(after)))
                .isEqualByComparingTo(expected);
    }

    @Test
    void prices_each_tier_at_its_own_price_and_its_fee_once_entered() {
        Graduated model = graduated(FEE_WITH_USAGE);
        assertTotal(model, "0", "0");
        assertTotal(model, "0.5", "8.5");
        assertTotal(model, "10", "37");
        assertTotal(model, "10.001", "42.002");
        assertTotal(model, "100", "222");
        assertTotal(model, "1000000", "500172");
    }

    @Test
    void owes_the_first_fee_as_soon_as_the_period_opens_where_the_price_says_so() {
        assertThat(graduated(FEE_AT_OPENING).opening()).isEqualByComparingTo("7");
        assertThat(graduated(FEE_WITH_USAGE).opening()).isEqualByComparingTo("0");
        assertBetween(graduated(FEE_AT_OPENING), "0", "4", "12");
        assertBetween(graduated(FEE_WITH_USAGE), "0", "4", "19");
    }

    @Test
    void adds_what_moving_the_running_quantity_adds() {
        Graduated model = graduated(FEE_WITH_USAGE);
        assertBetween(model, "4", "6", "6");
        assertBetween(model, "9", "12", "12");
        assertBetween(model, "10", "11", "7");
        assertBetween(model, "99", "102", "3");
        assertBetween(model, "5", "5", "0");
        assertBetween(model, "12", "9", "-12");
        assertBetween(model, "2", "0", "-13");
    }

    @Test
    void moves_the_end_of_a_tier_into_the_next_one_where_ends_are_exclusive() {
        Graduated model = graduated(FEE_WITH_USAGE.withTierEnd(TierEnd.EXCLUSIVE));
        assertTotal(model, "9.999", "36.997");
        assertTotal(model, "10", "42");
        assertTotal(volume(FEE_WITH_USAGE.withTierEnd(TierEnd.EXCLUSIVE)), "10", "25");
        assertTotal(volume(FEE_WITH_USAGE), "10", "37");
    }

    @Test
    void prices_the_whole_quantity_at_the_tier_it_falls_into() {
        Volume model = volume(FEE_WITH_USAGE);
        assertTotal(model, "0", "0");
        assertTotal(model, "11", "27");
        assertTotal(model, "101", "50.5");
        assertBetween(model, "10", "11", "-10");
        assertThat(volume(FEE_AT_OPENING).opening()).isEqualByComparingTo("7");
    }

    @Test
    void keeps_pricing_past_the_end_of_the_last_tier() {
        Tiers closed = Tiers.of(TierEnd.INCLUSIVE, STEPS.subList(0, 2));
        assertTotal(new Graduated(closed, FEE_WITH_USAGE), "150", "322");
        assertTotal(new Volume(closed, FEE_WITH_USAGE), "150", "305");
    }

    @Test
    void counts_ranges_of_whole_units_and_ranges_that_touch() {
        Step whole = new Step(number("11"), null, number("2"), null);
        Step touching = new Step(number("10"), null, number("2"), null);
        Step first = new Step(number("0"), number("10"), number("1"), null);
        for (Step second : List.of(whole, touching)) {
            Tiers tiers = Tiers.of(TierEnd.INCLUSIVE, List.of(first, second));
            assertTotal(new Graduated(tiers, FEE_WITH_USAGE), "11", "12");
            assertTotal(new Graduated(tiers, FEE_WITH_USAGE), "10.5", "11");
        }
    }

    @Test
    void leaves_a_gap_between_ranges_free_in_a_graduated_price() {
        Tiers tiers =
                Tiers.of(
                        TierEnd.INCLUSIVE,
                        List.of(
                                new Step(number("0"), number("10"), number("1"), null),
                                new Step(number("21"), null, number("2"), number("4"))));
        Graduated model = new Graduated(tiers, FEE_WITH_USAGE);
        assertTotal(model, "15", "14");
        assertTotal(model, "22", "18");
        assertBetween(model, "15", "22", "4");
    }

    @Test
    void counts_started_or_full_packages() {
        BigDecimal size = new BigDecimal("1000");
        BigDecimal price = new BigDecimal("2.5");
        Packages started = new Packages(size, price, PackageRounding.UP);
        Packages full = new Packages(size, price, PackageRounding.DOWN);
        assertTotal(started, "0", "0");
        assertTotal(started, "1", "2.5");
        assertTotal(started, "1000", "2.5");
        assertTotal(started, "1000.0001", "5");
        assertTotal(full, "999", "0");
        assertTotal(full, "2000", "5");
        assertBetween(started, "1", "1000", "0");
        assertBetween(started, "999", "1001", "2.5");
    }

    @Test
    void fills_blocks_tier_by_tier_or_takes_the_price_of_the_tier_reached() {
        List<Block> tiers =
                List.of(
                        new Block(new BigDecimal("10"), new BigDecimal("3"), new BigDecimal("4")),
                        new Block(new BigDecimal("50"), null, new BigDecimal("12")));
        Blocks all = new Blocks("unit", BlockPolicy.ALL_TIERS, tiers);
        Blocks top = new Blocks("unit", BlockPolicy.TOP_TIER, tiers);
        assertTotal(all, "0", "0");
        assertTotal(all, "30", "12");
        assertTotal(all, "31", "24");
        assertTotal(top, "30", "12");
        assertTotal(top, "31", "12");
        assertTotal(top, "51", "24");
    }

    @Test
    void a_flat_fee_is_owed_by_the_period_and_not_by_usage() {
        Flat fee = new Flat(new BigDecimal("19.90"), FeeDue.IN_ADVANCE);
        assertThat(fee.opening()).isEqualByComparingTo("19.90");
        assertBetween(fee, "0", "1000", "0");
    }

    @Test
    void a_quantity_of_money_is_passed_on_times_a_factor() {
        assertBetween(new Markup(new BigDecimal("1.25")), "8", "12", "5");
    }

    @Test
    void refuses_tiers_that_do_not_ascend() {
        assertThat(Tiers.check(List.of())).map(Violation::reason).contains("TIER_COUNT");
        assertThat(Tiers.check(List.of(step("10", "1", null), step("10", "1", null))))
                .map(Violation::message)
                .contains("tiers[1].up_to: 10 (expected: above 10)");
        assertThat(Tiers.check(List.of(step(null, "1", null), step("10", "1", null))))
                .map(Violation::reason)
                .contains("TIER_ORDER");
        assertThat(Tiers.check(List.of(step(null, "-1", null))))
                .map(Violation::message)
                .contains("tiers[0].unit_amount: -1 (expected: from 0)");
        assertThat(Tiers.check(Collections.nCopies(101, step("1", "1", null))))
                .map(Violation::reason)
                .contains("TIER_COUNT");
        assertThatThrownBy(() -> Tiers.of(TierEnd.INCLUSIVE, List.of()))
                .hasMessageContaining("expected: 1 to 100");
    }

    @Test
    void refuses_a_negative_quantity_where_there_are_tiers_or_packages() {
        BigDecimal minus = new BigDecimal("-1");
        for (ChargeModel model : List.of(graduated(FEE_WITH_USAGE), volume(FEE_WITH_USAGE))) {
            assertThatThrownBy(() -> model.total(minus))
                    .hasMessage("quantity: -1 (expected: from 0)");
        }
        assertThatThrownBy(() -> new Packages(minus, minus, PackageRounding.UP))
                .hasMessage("package_size: -1 (expected: above 0)");
    }
}
