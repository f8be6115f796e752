package dev.meterbook.pricing.domain.charge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.pricing.domain.charge.Tiers.Step;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ChargeModelPropertyTest {

    @Provide
    Arbitrary<ChargeOptions> options() {
        return Combinators.combine(
                        Arbitraries.of(FirstFee.class),
                        Arbitraries.of(FirstFee.class),
                        Arbitraries.of(TierEnd.class),
                        Arbitraries.of(TierLines.class),
                        Arbitraries.of(VolumeDue.class))
                .as(
                        (graduated, volume, end, lines, due) ->
                                new ChargeOptions(
                                        graduated, volume, end, lines, due, AmountRounding.NONE));
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Step> step =
                Combinators.combine(decimals(200), decimals(50), decimals(10))
                        .as((width, unit, flat) -> new Step(null, width, unit, flat));
        return step.list().ofMinSize(1).ofMaxSize(6).map(ChargeModelPropertyTest::ascending);
    }

    @Provide
    Arbitrary<List<BigDecimal>> parts() {
        return decimals(300).list().ofMinSize(1).ofMaxSize(12);
    }

    private static Arbitrary<BigDecimal> decimals(int most) {
        return Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, BigDecimal.valueOf(most))
                .ofScale(3);
    }

    /** Widths become ends, so the tiers ascend; the last one is open. */
    private static List<Step> ascending(List<Step> widths) {
        List<Step> steps = new ArrayList<>();
        BigDecimal end = BigDecimal.ZERO;
        for (Step step : widths) {
            BigDecimal width = step.upTo() == null ? BigDecimal.ONE : step.upTo();
            end = end.add(width).add(new BigDecimal("0.001"));
            boolean last = steps.size() == widths.size() - 1;
            steps.add(new Step(null, last ? null : end, step.unitAmount(), step.flatAmount()));
        }
        return steps;
    }

    private static List<ChargeModel> models(List<Step> steps, ChargeOptions options) {
        Tiers tiers = Tiers.of(options.tierEnd(), steps);
        BigDecimal size = new BigDecimal("7.5");
        return List.of(
                new Graduated(tiers, options),
                new Volume(tiers, options),
                new Packages(size, BigDecimal.TEN, PackageRounding.UP),
                new Packages(size, BigDecimal.TEN, PackageRounding.DOWN),
                new PerUnit(new BigDecimal("0.003")),
                new Markup(new BigDecimal("1.33333")),
                new Flat(BigDecimal.TEN, FeeDue.IN_ADVANCE));
    }

    private static BigDecimal sum(List<BigDecimal> numbers) {
        return numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal inParts(ChargeModel model, List<BigDecimal> parts) {
        BigDecimal amount = model.opening();
        BigDecimal used = BigDecimal.ZERO;
        for (BigDecimal part : parts) {
            BigDecimal next = used.add(part);
            amount = amount.add(model.amountBetween(used, next));
            used = next;
        }
        return amount;
    }

    @Property
    void splitting_a_quantity_never_changes_the_sum(
            @ForAll("steps") List<Step> steps,
            @ForAll("options") ChargeOptions options,
            @ForAll("parts") List<BigDecimal> parts) {
        for (ChargeModel model : models(steps, options)) {
            assertThat(inParts(model, parts)).isEqualByComparingTo(model.total(sum(parts)));
        }
    }

    @Property
    void taking_usage_back_takes_back_what_it_came_to(
            @ForAll("steps") List<Step> steps,
            @ForAll("options") ChargeOptions options,
            @ForAll("parts") List<BigDecimal> parts) {
        BigDecimal all = sum(parts);
        for (ChargeModel model : models(steps, options)) {
            assertThat(model.amountBetween(all, parts.getFirst()))
                    .isEqualByComparingTo(model.amountBetween(parts.getFirst(), all).negate());
            assertThat(model.amountBetween(all, BigDecimal.ZERO).negate())
                    .isEqualByComparingTo(model.total(all).subtract(model.opening()));
        }
    }

    @Property
    void the_order_of_the_parts_does_not_change_the_sum(
            @ForAll("steps") List<Step> steps,
            @ForAll("options") ChargeOptions options,
            @ForAll("parts") List<BigDecimal> parts) {
        List<BigDecimal> turned = new ArrayList<>(parts);
        Collections.reverse(turned);
        for (ChargeModel model : models(steps, options)) {
            assertThat(inParts(model, turned)).isEqualByComparingTo(inParts(model, parts));
        }
    }

    @Property
    void more_usage_never_costs_less_where_each_tier_has_its_own_price(
            @ForAll("steps") List<Step> steps,
            @ForAll("options") ChargeOptions options,
            @ForAll("parts") List<BigDecimal> parts) {
        Graduated model = new Graduated(Tiers.of(options.tierEnd(), steps), options);
        BigDecimal used = BigDecimal.ZERO;
        for (BigDecimal part : parts) {
            BigDecimal next = used.add(part);
            assertThat(model.total(next)).isGreaterThanOrEqualTo(model.total(used));
            used = next;
        }
    }

    @Property
    void the_lines_of_all_parts_come_to_the_total(
            @ForAll("steps") List<Step> steps,
            @ForAll("options") ChargeOptions options,
            @ForAll("parts") List<BigDecimal> parts) {
        for (ChargeModel model : models(steps, options)) {
            BigDecimal amount = BigDecimal.ZERO;
            BigDecimal used = BigDecimal.ZERO;
            for (int i = 0; i < parts.size(); i++) {
                Position position = position(i, parts.size());
                amount = amount.add(lines(model, Span.of(used, parts.get(i), position)));
                used = used.add(parts.get(i));
            }
            assertThat(amount).isEqualByComparingTo(model.total(used));
        }
    }

    private static Position position(int index, int count) {
        if (count == 1) {
            return Position.SINGLE;
        }
        if (index == 0) {
            return Position.FIRST;
        }
        return index == count - 1 ? Position.LAST : Position.MID;
    }

    private static BigDecimal lines(ChargeModel model, Span span) {
        return sum(model.lines(span).stream().map(LinePart::amount).toList());
    }
}
