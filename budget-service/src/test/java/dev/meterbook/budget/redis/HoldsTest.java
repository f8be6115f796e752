package dev.meterbook.budget.redis;

import static dev.meterbook.budget.redis.CounterBench.NOW;
import static dev.meterbook.budget.redis.CounterBench.line;
import static dev.meterbook.budget.redis.CounterBench.name;
import static dev.meterbook.budget.redis.TestBudgets.denying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meterbook.budget.application.CountersUnavailableException;
import dev.meterbook.budget.application.admission.HoldLine;
import dev.meterbook.budget.application.admission.HoldOutcome;
import dev.meterbook.budget.application.admission.HoldOutcome.Kind;
import dev.meterbook.budget.application.admission.HoldState;
import dev.meterbook.budget.application.counting.Epoch;
import dev.meterbook.budget.application.counting.ExpiredHold;
import dev.meterbook.budget.application.counting.Progress;
import dev.meterbook.budget.application.counting.SpendCounters.SettleOutcome;
import dev.meterbook.budget.domain.Amount;
import dev.meterbook.budget.domain.Budget;
import dev.meterbook.budget.domain.HoldPart;
import dev.meterbook.budget.domain.Policy;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.testing.RedisFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HoldsTest {

    private static RedisFixture redis;
    private static long epochs;
    private CounterBench bench;

    @BeforeAll
    static void start() {
        redis = RedisFixture.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @BeforeEach
    void open() {
        bench = new CounterBench(redis);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void begin(Budget... budgets) {
        var _ = bench.with(new Epoch(++epochs, "holds"), budgets);
    }

    private static boolean placed(HoldOutcome outcome) {
        return outcome instanceof HoldOutcome.Placed;
    }

    private static List<Kind> verdicts(HoldOutcome outcome) {
        return ((HoldOutcome.Refused) outcome)
                .verdicts().stream().map(HoldOutcome.Verdict::kind).toList();
    }

    /** Runs all at the same time from many threads. */
    private static long countPlaced(List<Callable<HoldOutcome>> calls) throws Exception {
        long granted = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<HoldOutcome> each : threads.invokeAll(calls)) {
                granted += placed(each.get()) ? 1 : 0;
            }
        }
        return granted;
    }

    @Test
    void two_hundred_at_once_on_a_ceiling_for_seventy_three_grant_exactly_seventy_three()
            throws Exception {
        Budget budget = denying("ceiling", "7.3");
        begin(budget);

        long granted =
                countPlaced(
                        IntStream.range(0, 200)
                                .<Callable<HoldOutcome>>mapToObj(
                                        i -> () -> bench.hold("h" + i, line(budget, "0.1")))
                                .toList());

        assertThat(granted).isEqualTo(73);
        assertThat(bench.held(budget)).isEqualTo("7.3");
    }

    @Test
    void b04_three_instances_share_one_ceiling() throws Exception {
        Budget budget = denying("shared", "30");
        Epoch epoch = new Epoch(++epochs, "shared");
        var _ = bench.with(epoch, budget);
        List<CounterBench> instances = new ArrayList<>();
        List<Callable<HoldOutcome>> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            CounterBench instance = new CounterBench(redis);
            instance.spend.use(epoch);
            instances.add(instance);
            for (int k = 0; k < 100; k++) {
                String id = "i" + i + "-" + k;
                calls.add(() -> instance.hold(id, line(budget, "1")));
            }
        }

        assertThat(countPlaced(calls)).isEqualTo(30);
        instances.forEach(CounterBench::close);
        assertThat(bench.held(budget)).isEqualTo("30");
    }

    @Test
    void b05_check_and_deduct_are_one_step() throws Exception {
        Budget budget = denying("prepaid", "5");
        begin(budget);

        assertThat(
                        countPlaced(
                                List.of(
                                        () -> bench.hold("a", line(budget, "5")),
                                        () -> bench.hold("b", line(budget, "5")))))
                .isEqualTo(1);
        assertThat(bench.held(budget)).isEqualTo("5");
    }

    @Test
    void b08_eight_nested_scopes_hold_all_or_nothing() {
        List<Budget> budgets =
                IntStream.rangeClosed(1, 8)
                        .mapToObj(i -> denying("scope" + i, i == 5 ? "0.05" : "100"))
                        .toList();
        begin(budgets.toArray(Budget[]::new));
        HoldLine[] lines =
                budgets.stream().map(budget -> line(budget, "0.06")).toArray(HoldLine[]::new);

        HoldOutcome outcome = bench.hold("h", lines);

        assertThat(verdicts(outcome))
                .containsExactly(
                        Kind.FITS,
                        Kind.FITS,
                        Kind.FITS,
                        Kind.FITS,
                        Kind.LIMIT_REACHED,
                        Kind.FITS,
                        Kind.FITS,
                        Kind.FITS);
        assertThat(budgets).allSatisfy(budget -> assertThat(bench.held(budget)).isEqualTo("0"));
    }

    @Test
    void a_warning_budget_counts_and_never_refuses() {
        Budget warning =
                TestBudgets.of("warn", Amount.of("1", CurrencyCode.USD), new Policy.Warn());
        begin(warning);

        assertThat(placed(bench.hold("h", line(warning, "5")))).isTrue();
        assertThat(bench.held(warning)).isEqualTo("5");
    }

    @Test
    void nothing_fits_always_even_above_the_limit() {
        Budget budget = denying("full", "1");
        begin(budget);
        var _ = bench.settle(budget, "1.5");

        assertThat(placed(bench.hold("free", line(budget, "0")))).isTrue();
        assertThat(placed(bench.hold("paid", line(budget, "0.000000000000001")))).isFalse();
    }

    @Test
    void a_settlement_replaces_a_larger_hold() {
        Budget budget = denying("larger", "1");
        begin(budget);
        var _ = bench.hold("h", line(budget, "0.5"));

        var _ = bench.settle(budget, "0.3", "h");

        assertThat(bench.held(budget)).isEqualTo("0");
        assertThat(bench.spent(budget)).isEqualTo("0.3");
    }

    @Test
    void b09_money_really_spent_is_never_cut() {
        Budget budget = denying("over", "1");
        begin(budget);
        var _ = bench.settle(budget, "0.9");
        var _ = bench.hold("h", line(budget, "0.1"));

        var _ = bench.settle(budget, "0.13", "h");

        assertThat(bench.spent(budget)).isEqualTo("1.03");
        assertThat(bench.held(budget)).isEqualTo("0");
        assertThat(placed(bench.hold("next", line(budget, "0.01")))).isFalse();
    }

    @Test
    void b13_a_settlement_counts_once_and_a_release_after_it_does_nothing() {
        Budget budget = denying("once", "1");
        begin(budget);
        var _ = bench.hold("h", line(budget, "0.5"));
        Progress before = bench.spend.present().orElseThrow();

        assertThat(bench.settle(before, budget, "0.3", "h")).isEqualTo(SettleOutcome.DONE);
        assertThat(bench.settle(before, budget, "0.3", "h")).isEqualTo(SettleOutcome.MOVED);
        assertThat(bench.settle(before, budget, "0.3", "h")).isEqualTo(SettleOutcome.MOVED);
        assertThat(bench.counters.release(name("h"), NOW)).isEqualTo(HoldState.SETTLED);

        assertThat(bench.spent(budget)).isEqualTo("0.3");
        assertThat(bench.held(budget)).isEqualTo("0");
    }

    @Test
    void a_release_gives_back_once() {
        Budget budget = denying("release", "1");
        begin(budget);
        var _ = bench.hold("h", line(budget, "0.5"));
        var _ = bench.hold("other", line(budget, "0.2"));

        assertThat(bench.counters.release(name("h"), NOW)).isEqualTo(HoldState.RELEASED);
        assertThat(bench.counters.release(name("h"), NOW)).isEqualTo(HoldState.RELEASED);
        assertThat(bench.counters.release(name("none"), NOW)).isEqualTo(HoldState.UNKNOWN);

        assertThat(bench.held(budget)).isEqualTo("0.2");
    }

    @Test
    void the_same_question_again_holds_nothing_more() {
        Budget budget = denying("repeat", "1");
        begin(budget);
        var _ = bench.hold("h", line(budget, "0.4"));

        assertThat(bench.hold("h", NOW.plusSeconds(5), line(budget, "0.4")))
                .isEqualTo(new HoldOutcome.Repeated("answer h", NOW.plusSeconds(120)));
        assertThat(bench.held(budget)).isEqualTo("0.4");
    }

    @Test
    void b10_a_hold_expires_to_the_millisecond_and_leaves_a_notice() {
        Budget budget = denying("expiry", "1");
        begin(budget);
        var _ = bench.hold("h", line(budget, "0.4"));

        assertThat(bench.held(budget, NOW.plusMillis(119_999))).isEqualTo("0.4");
        assertThat(bench.held(budget, NOW.plusSeconds(120))).isEqualTo("0");
        Instant later = NOW.plusSeconds(121);
        assertThat(placed(bench.hold("next", later, line(budget, "1")))).isTrue();
        ExpiredHold expired = bench.spend.sweep(later).getFirst();
        assertThat(expired)
                .isEqualTo(
                        new ExpiredHold(
                                name("h"),
                                NOW.plusSeconds(120),
                                List.of(
                                        new HoldPart(
                                                budget.key(),
                                                TestBudgets.START.getEpochSecond(),
                                                HoldPart.Kind.MONEY,
                                                CounterBench.amount("0.4")))));
        bench.spend.noted(List.of(expired));
        assertThat(bench.spend.sweep(later)).isEmpty();
    }

    @Test
    void b10_usage_that_arrives_after_the_expiry_counts_and_nothing_is_given_back_twice() {
        Budget budget = denying("late", "1");
        begin(budget);
        var _ = bench.hold("h", line(budget, "0.4"));
        assertThat(bench.held(budget, NOW.plusSeconds(300))).isEqualTo("0");

        var _ = bench.settle(budget, "0.35", "h");

        assertThat(bench.spent(budget)).isEqualTo("0.35");
        assertThat(bench.held(budget)).isEqualTo("0");
    }

    @Test
    void more_than_two_hundred_holds_expire_step_by_step() {
        Budget budget = denying("many", "1000");
        begin(budget);
        for (int i = 0; i < 450; i++) {
            var _ = bench.hold("h" + i, line(budget, "1"));
        }
        Instant later = NOW.plus(Duration.ofMinutes(5));

        assertThat(bench.held(budget, later)).isEqualTo("250");
        assertThat(bench.held(budget, later)).isEqualTo("50");
        assertThat(bench.held(budget, later)).isEqualTo("0");
    }

    @Test
    void a_budget_that_is_not_complete_refuses() {
        Budget budget = denying("new", "1");
        begin();
        var _ = bench.spend.include(List.of(budget.key()), 1);

        assertThat(verdicts(bench.hold("h", line(budget, "0.1"))))
                .containsExactly(Kind.BEING_REBUILT);
    }

    @Test
    void b15_an_epoch_that_redis_does_not_know_is_refused() {
        Budget budget = denying("stale", "5");
        begin(budget);
        var _ = bench.settle(budget, "3");
        CounterBench stale = new CounterBench(redis);
        stale.spend.use(new Epoch(epochs - 1, "copy"));

        assertThatThrownBy(() -> stale.hold("h", line(budget, "1")))
                .isInstanceOf(CountersUnavailableException.class);
        assertThat(stale.spend.present()).isEmpty();
        assertThat(bench.spent(budget)).isEqualTo("3");
        stale.close();
    }
}
