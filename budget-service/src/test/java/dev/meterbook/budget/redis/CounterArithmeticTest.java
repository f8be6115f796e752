package dev.meterbook.budget.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.budget.application.admission.HoldOutcome;
import dev.meterbook.budget.application.counting.CountedBucket;
import dev.meterbook.budget.application.counting.Epoch;
import dev.meterbook.budget.application.counting.Increment;
import dev.meterbook.budget.application.counting.Progress;
import dev.meterbook.budget.application.counting.SettleOrder;
import dev.meterbook.budget.domain.Amount;
import dev.meterbook.budget.domain.Budget;
import dev.meterbook.budget.domain.CounterAmount;
import dev.meterbook.budget.domain.Policy;
import dev.meterbook.budget.domain.Tally;
import dev.meterbook.budget.domain.Unit;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.testing.RedisFixture;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;

/** The script calculates with doubles; these properties show that it never loses a digit. */
class CounterArithmeticTest {

    private static final Unit USD = Unit.currency(CurrencyCode.USD);
    private static final RedisFixture REDIS = RedisFixture.start();
    private static final CounterBench BENCH = new CounterBench(REDIS).with(new Epoch(1, "bench"));
    private static int next;

    @AfterContainer
    static void stop() {
        BENCH.close();
        REDIS.close();
    }

    private static Budget budget(BigDecimal limit) {
        Budget budget = TestBudgets.of("b" + next++, new Amount(limit, USD), new Policy.Deny());
        BENCH.include(budget);
        return budget;
    }

    private static void add(Budget budget, BigDecimal amount) {
        Progress from = BENCH.spend.present().orElseThrow();
        var _ =
                BENCH.spend.settle(
                        new SettleOrder(
                                from,
                                new Progress(from.position() + 1, 0),
                                1,
                                List.of(
                                        new Increment(
                                                new CountedBucket(
                                                        budget.key(),
                                                        budget.window().bucketAt(CounterBench.NOW)),
                                                new Tally(CounterAmount.ceiling(amount), 1, 0, 0))),
                                List.of(),
                                List.of()),
                        CounterBench.NOW);
    }

    /** Amounts of up to 30 digits: 2^53 has 16. */
    @Property(tries = 200)
    void sums_amounts_far_above_two_to_the_53_exactly(
            @ForAll @Size(max = 12)
                    List<
                                    @BigRange(min = "-90000000000000", max = "90000000000000")
                                    @Scale(15) BigDecimal>
                            amounts) {
        Budget budget = budget(BigDecimal.ONE);

        amounts.forEach(amount -> add(budget, amount));

        assertThat(BENCH.figures(budget).spent().value())
                .isEqualByComparingTo(amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    @Property(tries = 200)
    void grants_exactly_up_to_the_limit_and_not_one_digit_more(
            @ForAll @BigRange(min = "0", max = "900000000000000") @Scale(15) BigDecimal spent,
            @ForAll @BigRange(min = "0.000000000000001", max = "90000000000000") @Scale(15)
                    BigDecimal amount) {
        BigDecimal digit = new BigDecimal("0.000000000000001");
        Budget enough = budget(spent.add(amount));
        Budget tooLow = budget(spent.add(amount).subtract(digit));
        add(enough, spent);
        add(tooLow, spent);

        assertThat(BENCH.hold("h" + next++, CounterBench.line(tooLow, amount.toPlainString())))
                .isInstanceOf(HoldOutcome.Refused.class);
        assertThat(BENCH.hold("h" + next++, CounterBench.line(enough, amount.toPlainString())))
                .isInstanceOf(HoldOutcome.Placed.class);
        assertThat(BENCH.figures(enough).used()).isEqualByComparingTo(spent.add(amount));
    }

    @Property(tries = 100)
    void gives_back_exactly_what_was_held(
            @ForAll @BigRange(min = "0", max = "90000000000000") @Scale(15) BigDecimal first,
            @ForAll @BigRange(min = "0", max = "90000000000000") @Scale(15) BigDecimal second) {
        Budget budget = budget(new BigDecimal("900000000000000"));
        String one = "h" + next++;
        var _ = BENCH.hold(one, CounterBench.line(budget, first.toPlainString()));
        var _ = BENCH.hold("h" + next++, CounterBench.line(budget, second.toPlainString()));

        var _ = BENCH.counters.release(CounterBench.name(one), CounterBench.NOW);

        assertThat(BENCH.figures(budget).held().value()).isEqualByComparingTo(second);
    }
}
