package dev.meterbook.pricing.domain.charge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.pricing.domain.charge.Tiers.Step;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ChargePropertyTest {

    private static final CurrencyCode USD = CurrencyCode.USD;
    private static final BigDecimal CENT = new BigDecimal("0.01");

    /** Fees, a free tier, a price that falls. */
    private static final Graduated MODEL =
            new Graduated(
                    Tiers.of(
                            TierEnd.INCLUSIVE,
                            List.of(
                                    step("10", "0", "4"),
                                    step("50", "0.333", "2.5"),
                                    new Step(null, null, new BigDecimal("0.0271"), null))),
                    Dialect.OPENMETER.options());

    private static Step step(String upTo, String unit, String flat) {
        return new Step(null, new BigDecimal(upTo), new BigDecimal(unit), new BigDecimal(flat));
    }

    private static Arbitrary<BigDecimal> decimals(int least, int most, int scale) {
        return Arbitraries.bigDecimals()
                .between(BigDecimal.valueOf(least), BigDecimal.valueOf(most))
                .ofScale(scale);
    }

    @Provide
    Arbitrary<BigDecimal> amounts() {
        return decimals(-10_000, 10_000, 2);
    }

    @Provide
    Arbitrary<BigDecimal> owed() {
        return decimals(0, 10_000, 3);
    }

    @Provide
    Arbitrary<Discount> discounts() {
        return Arbitraries.oneOf(
                decimals(0, 100, 4).map(Discount.Percent::new),
                decimals(0, 20_000, 3).map(Discount.Fixed::new));
    }

    @Provide
    Arbitrary<Allocation> allocations() {
        Arbitrary<Allocation.Weight> weight =
                Combinators.combine(
                                Arbitraries.strings().withCharRange('a', 'e').ofLength(2),
                                decimals(0, 50, 3))
                        .as((key, size) -> new Allocation.Weight(key, size.add(CENT)));
        return Combinators.combine(
                        weight.list().ofMinSize(1).ofMaxSize(9),
                        Arbitraries.of(Allocation.Tie.class))
                .as(Allocation::new);
    }

    @Provide
    Arbitrary<List<BigDecimal>> parts() {
        return decimals(0, 60, 2).list().ofMinSize(2).ofMaxSize(6);
    }

    @Provide
    Arbitrary<Adjustments> adjustments() {
        return Combinators.combine(decimals(0, 100, 2), decimals(0, 60, 2), decimals(0, 60, 2))
                .as((percent, most, least) -> new Adjustments(percent, most.max(least), least));
    }

    @Property
    void a_discount_is_never_more_than_the_amount(
            @ForAll("owed") BigDecimal amount, @ForAll("discounts") Discount discount) {
        assertThat(discount.off(amount, USD)).isBetween(BigDecimal.ZERO, amount);
    }

    @Property
    void shares_sum_up_to_the_whole_and_are_less_than_a_unit_off(
            @ForAll("amounts") BigDecimal amount, @ForAll("allocations") Allocation allocation) {
        List<Allocation.Share> shares = allocation.split(amount, USD);
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal weights =
                allocation.weights().stream()
                        .map(Allocation.Weight::weight)
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        for (int i = 0; i < shares.size(); i++) {
            BigDecimal share = shares.get(i).amount();
            BigDecimal exact = amount.multiply(allocation.weights().get(i).weight());
            assertThat(share.multiply(weights).subtract(exact).abs())
                    .isLessThan(weights.multiply(CENT));
            sum = sum.add(share);
        }
        assertThat(sum).isEqualByComparingTo(amount);
    }

    @Property
    void a_period_billed_in_parts_owes_what_it_owes_at_once(
            @ForAll("parts") List<BigDecimal> parts) {
        Charge charge =
                new Charge(
                        MODEL,
                        UnitConversion.NONE,
                        new BigDecimal("7.5"),
                        Adjustments.NONE,
                        AmountRounding.NONE);
        BigDecimal all = parts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(inParts(charge, parts))
                .isEqualByComparingTo(charge.bill(PeriodPart.whole(all), USD).total());
    }

    @Property
    void parts_together_stay_between_minimum_and_maximum(
            @ForAll("parts") List<BigDecimal> parts,
            @ForAll("adjustments") Adjustments adjustments) {
        Charge charge =
                new Charge(
                        MODEL,
                        UnitConversion.NONE,
                        BigDecimal.ZERO,
                        adjustments,
                        AmountRounding.EACH_LINE);
        assertThat(inParts(charge, parts)).isBetween(adjustments.minimum(), adjustments.maximum());
    }

    private static BigDecimal inParts(Charge charge, List<BigDecimal> parts) {
        BigDecimal billed = BigDecimal.ZERO;
        BigDecimal used = BigDecimal.ZERO;
        for (int i = 0; i < parts.size(); i++) {
            Position position =
                    i == 0 ? Position.FIRST : i == parts.size() - 1 ? Position.LAST : Position.MID;
            PeriodPart part = new PeriodPart(parts.get(i), used, position, billed, List.of(), null);
            billed = billed.add(charge.bill(part, USD).total());
            used = used.add(parts.get(i));
        }
        return billed;
    }

    @Property
    void runs_together_come_to_what_the_last_of_them_knows(
            @ForAll("parts") List<BigDecimal> known,
            @ForAll("adjustments") Adjustments adjustments) {
        Charge charge =
                new Charge(
                        MODEL,
                        UnitConversion.NONE,
                        BigDecimal.ZERO,
                        adjustments,
                        AmountRounding.EACH_LINE);
        DeltaBilling billing = new DeltaBilling(charge, USD);
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < known.size(); i++) {
            DeltaBilling.Run run =
                    i == known.size() - 1 ? DeltaBilling.Run.FINAL : DeltaBilling.Run.INTERIM;
            sum = sum.add(DeltaBilling.total(billing.run(List.of(known.get(i)), run)));
        }
        assertThat(sum)
                .isEqualByComparingTo(charge.bill(PeriodPart.whole(known.getLast()), USD).total());
        assertThat(billing.run(List.of(known.getLast()), DeltaBilling.Run.FINAL)).isEmpty();
    }

    @Property
    void periods_of_a_run_together_owe_what_all_usage_owes(@ForAll("parts") List<BigDecimal> used) {
        List<BigDecimal> cumulated = new ArrayList<>();
        BigDecimal sum = BigDecimal.ZERO;
        for (BigDecimal each : used) {
            sum = sum.add(each);
            cumulated.add(sum);
        }
        Charge charge = Charge.of(MODEL, AmountRounding.EACH_LINE);
        List<PeriodLine> lines =
                new DeltaBilling(charge, USD).run(cumulated, DeltaBilling.Run.FINAL);
        assertThat(DeltaBilling.total(lines))
                .isEqualByComparingTo(charge.bill(PeriodPart.whole(sum), USD).total());
    }

    @Property
    void credits_pay_no_more_than_is_owed_and_no_more_than_they_are(
            @ForAll("owed") BigDecimal used, @ForAll("parts") List<BigDecimal> credits) {
        Charge charge = Charge.of(MODEL, AmountRounding.EACH_LINE);
        BigDecimal owed = charge.bill(PeriodPart.whole(used), USD).total();
        PeriodPart part =
                new PeriodPart(
                        used, BigDecimal.ZERO, Position.SINGLE, BigDecimal.ZERO, credits, null);
        BigDecimal paid = credits.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(charge.bill(part, USD).total())
                .isEqualByComparingTo(owed.subtract(paid).max(BigDecimal.ZERO));
    }
}
