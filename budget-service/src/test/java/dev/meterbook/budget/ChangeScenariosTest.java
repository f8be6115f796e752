package dev.meterbook.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.meterbook.budget.application.admission.Authorization;
import dev.meterbook.budget.application.admission.Authorization.Verdict;
import dev.meterbook.budget.domain.Amount;
import dev.meterbook.budget.domain.BudgetCommand.ArchiveBudget;
import dev.meterbook.budget.domain.BudgetEvent.ThresholdReached;
import dev.meterbook.budget.domain.BudgetKey;
import dev.meterbook.budget.domain.Dimension;
import dev.meterbook.budget.domain.LimitationReason;
import dev.meterbook.budget.domain.Window;
import dev.meterbook.budget.domain.Window.CalendarUnit;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Budget cases of sections C (changes), E (windows), F (unpriced and free) and G (units). */
class ChangeScenariosTest {

    private static final String NOW = TestClock.NOW;
    private RedisFixture redis;
    private PriceStand prices;
    private RunningBudgets service;

    @BeforeEach
    void start() {
        redis = RedisFixture.start();
        prices = PriceStand.open();
        service = RunningBudgets.on(redis.uri(), prices.address());
    }

    @AfterEach
    void stop() {
        service.close();
        prices.close();
        redis.close();
    }

    private Authorization ask(Ask ask) {
        return service.authorize(ask.question());
    }

    private Verdict verdict(Ask ask) {
        return ask(ask).verdict();
    }

    private void limit(String budget, String dollars) {
        service.done(Plan.limit(budget, dollars, service.clock().instant()));
    }

    private List<Integer> alerted(String budget) {
        return service.alerts(budget).stream().map(ThresholdReached::percent).sorted().toList();
    }

    private void awaitAlerts(String budget, Integer... percents) {
        await().atMost(RunningBudgets.SOON)
                .untilAsserted(() -> assertThat(alerted(budget)).containsExactly(percents));
    }

    @Test
    void b17_raising_a_limit_keeps_what_was_spent_and_held() {
        var _ = service.define(Plan.dollars("b17", "20").alertingAt(50, 90));
        service.count(Rated.initial().call(NOW, "15.40"));
        awaitAlerts("b17", 50);
        var _ = ask(Ask.dollars("1"));

        limit("b17", "25");

        assertThat(service.spent("b17")).isEqualTo("15.4");
        assertThat(service.held("b17")).isEqualTo("1");
        assertThat(service.figures("b17").remaining(Amount.of("25", CurrencyCode.USD)))
                .isEqualTo(Amount.of("8.6", CurrencyCode.USD));
        service.count(Rated.initial().call(NOW, "0.1"));
        assertThat(alerted("b17")).containsExactly(50);
    }

    @Test
    void b18_lowering_a_limit_below_what_was_spent_denies_and_refunds_nothing() {
        var _ = service.define(Plan.dollars("b18", "20"));
        service.count(Rated.initial().call(NOW, "15.40"));

        limit("b18", "10");

        Authorization answer = ask(Ask.dollars("0.01"));
        assertThat(answer.verdict()).isEqualTo(Verdict.DENIED);
        assertThat(answer.limitedBy().orElseThrow().remaining())
                .contains(Amount.of("-5.4", CurrencyCode.USD));
        limit("b18", "20");
        assertThat(verdict(Ask.dollars("4.61"))).isEqualTo(Verdict.DENIED);
        assertThat(verdict(Ask.dollars("4.60"))).isEqualTo(Verdict.GRANTED);
    }

    @Test
    void b19_a_threshold_is_reported_with_the_call_that_reaches_it() {
        var _ = service.define(Plan.dollars("b19", "15").alertingAt(99));
        service.count(Rated.initial().call(NOW, "0.40"));
        service.count(Rated.initial().call(NOW, "14.449999"));
        assertThat(alerted("b19")).isEmpty();

        service.count(Rated.initial().call(NOW, "0.000001"));

        awaitAlerts("b19", 99);
        assertThat(service.alerts("b19").getFirst().spent())
                .isEqualTo(Amount.of("14.85", CurrencyCode.USD));
    }

    @Test
    void b20_four_thresholds_under_concurrency_give_four_alerts() throws Exception {
        var _ = service.define(Plan.dollars("b20", "100").alertingAt(50, 80, 90, 100));
        try (RunningBudgets other = service.another();
                ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Callable<Long>> writers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                Rated rated = Rated.initial();
                for (int k = 0; k < 10; k++) {
                    rated.call(NOW, "0.10");
                }
                RunningBudgets process = i % 2 == 0 ? service : other;
                writers.add(() -> process.append(rated));
            }
            for (Future<Long> each : threads.invokeAll(writers)) {
                assertThat(each.get()).isPositive();
            }

            awaitAlerts("b20", 50, 80, 90, 100);
            service.clock().advance(Duration.ofMinutes(2));
            service.count(Rated.initial().call(NOW, "0.10"));
            assertThat(alerted("b20")).containsExactly(50, 80, 90, 100);
        }
    }

    @Test
    void b23_a_correction_adds_its_difference() {
        var _ = service.define(Plan.dollars("b23", "1"));
        String hold = ask(Ask.tokens(1_200, 1_000)).hold().orElseThrow().holdId();
        assertThat(service.held("b23")).isEqualTo("0.0186");

        service.count(Rated.initial().call(NOW, "0.0087", hold, 1_200, 340));
        service.count(Rated.correction().call(NOW, "0.00105", hold));

        assertThat(service.spent("b23")).isEqualTo("0.00975");
        assertThat(service.held("b23")).isEqualTo("0");
        assertThat(service.figures("b23").calls()).isEqualTo(1);
    }

    @Test
    void b27_a_month_ends_in_one_step_and_its_late_calls_are_measured_against_it() {
        service.clock().set(Instant.parse("2026-07-31T21:59:00Z"));
        var _ = service.define(Plan.dollars("b27", "100").in(CalendarUnit.MONTH, "Europe/Berlin"));
        service.count(Rated.initial().call("2026-07-20T12:00:00Z", "97"));

        service.restart();
        service.clock().set(Instant.parse("2026-07-31T22:00:01Z"));

        assertThat(service.spent("b27")).isEqualTo("0");
        assertThat(service.spentAt("b27", "2026-07-31T21:59:59Z")).isEqualTo("97");
        assertThat(verdict(Ask.dollars("4").at("2026-07-31T21:59:59Z"))).isEqualTo(Verdict.DENIED);
        assertThat(verdict(Ask.dollars("4"))).isEqualTo(Verdict.GRANTED);
        service.count(Rated.initial().call("2026-07-31T21:59:58Z", "1"));
        assertThat(service.spent("b27")).isEqualTo("0");
        assertThat(service.spentAt("b27", "2026-07-31T21:59:59Z")).isEqualTo("98");
    }

    @Test
    void b28_a_call_over_midnight_counts_in_the_window_in_which_it_occurred() {
        service.clock().set(Instant.parse("2026-07-31T21:59:59Z"));
        var _ = service.define(Plan.dollars("b28", "100").in(CalendarUnit.MONTH, "Europe/Berlin"));
        String hold = ask(Ask.dollars("2")).hold().orElseThrow().holdId();

        service.clock().set(Instant.parse("2026-07-31T22:00:02Z"));
        service.count(Rated.initial().call("2026-07-31T21:59:59Z", "1.50", hold));

        assertThat(service.spentAt("b28", "2026-07-31T21:00:00Z")).isEqualTo("1.5");
        assertThat(service.spent("b28")).isEqualTo("0");
        assertThat(service.held("b28")).isEqualTo("0");
    }

    @Test
    void b29_one_call_in_every_hour_of_the_day_that_has_25() {
        service.clock().set(Instant.parse("2026-10-26T12:00:00Z"));
        var _ = service.define(Plan.dollars("b29", "100").in(CalendarUnit.DAY, "Europe/Berlin"));
        Rated rated = Rated.initial();
        Instant hour = Instant.parse("2026-10-23T22:30:00Z");
        while (hour.isBefore(Instant.parse("2026-10-26T12:00:00Z"))) {
            rated.call(hour.toString(), "1");
            hour = hour.plus(Duration.ofHours(1));
        }
        service.count(rated);

        assertThat(service.spentAt("b29", "2026-10-24T10:00:00Z")).isEqualTo("24");
        assertThat(service.spentAt("b29", "2026-10-25T10:00:00Z")).isEqualTo("25");
    }

    @Test
    void b30_calls_without_price_are_denied_or_held_at_their_worst_case() {
        var _ = service.define(Plan.dollars("b30", "100"));

        Authorization unpriced = ask(Ask.tokens(10, 10).model("unheard-of"));

        assertThat(unpriced.verdict()).isEqualTo(Verdict.DENIED);
        assertThat(unpriced.limitedBy().orElseThrow().reason())
                .isEqualTo(LimitationReason.PRICE_UNKNOWN);
        Rated rated = Rated.initial();
        for (int i = 0; i < 50; i++) {
            Authorization held = ask(Ask.dollars("2").model("unheard-of"));
            rated.unpriced(NOW, held.hold().orElseThrow().holdId(), 10, 10);
        }
        assertThat(verdict(Ask.dollars("2").model("unheard-of"))).isEqualTo(Verdict.DENIED);
        service.count(rated);
        service.clock().advance(Duration.ofDays(1));
        assertThat(service.held("b30")).isEqualTo("100");
        assertThat(service.figures("b30").unpricedCalls()).isEqualTo(50);
    }

    @Test
    void b31_what_is_free_stays_usable_on_a_spent_budget() {
        var _ = service.define(Plan.dollars("b31", "10"));
        var _ = service.define(Plan.tokens("b31-tokens", 500));
        service.count(Rated.initial().call(NOW, "10.5"));

        assertThat(verdict(Ask.tokens(100, 200).model("free"))).isEqualTo(Verdict.GRANTED);
        assertThat(service.held("b31")).isEqualTo("0");
        assertThat(service.held("b31-tokens")).isEqualTo("300");
        assertThat(verdict(Ask.tokens(10, 10).model("unheard-of"))).isEqualTo(Verdict.DENIED);
        Authorization tooMany = ask(Ask.tokens(100, 200).model("free"));
        assertThat(tooMany.limitedBy().orElseThrow().budget().budgetId()).isEqualTo("b31-tokens");
    }

    @Test
    void b33_money_and_tokens_are_counted_apart() {
        var _ = service.define(Plan.dollars("b33-money", "20"));
        var _ = service.define(Plan.tokens("b33-tokens", 1_000_000));
        service.count(Rated.initial().call(NOW, "11", "", 1_900_000, 10_000));

        Authorization answer = ask(Ask.tokens(100, 100));

        assertThat(service.spent("b33-money")).isEqualTo("11");
        assertThat(service.spent("b33-tokens")).isEqualTo("1910000");
        assertThat(answer.limitedBy().orElseThrow().budget().budgetId()).isEqualTo("b33-tokens");
        assertThat(answer.limitedBy().orElseThrow().remaining()).contains(Amount.tokens(-910_000));
    }

    @Test
    void a_new_budget_counts_what_its_window_has_seen_already() {
        service.count(Rated.initial().call(NOW, "60").call("2026-06-30T23:59:59Z", "500"));

        var _ = service.define(Plan.dollars("new", "100"));

        assertThat(service.spent("new")).isEqualTo("60");
        assertThat(verdict(Ask.dollars("40.01"))).isEqualTo(Verdict.DENIED);
    }

    @Test
    void a_total_counts_from_its_start() {
        service.count(Rated.initial().call("2026-07-15T09:59:59Z", "60").call(NOW, "3"));

        var _ =
                service.define(
                        Plan.dollars("total", "100").over(new Window.Total(Instant.parse(NOW))));

        assertThat(service.spent("total")).isEqualTo("3");
    }

    @Test
    void a_rolling_window_forgets_what_is_older() {
        var _ =
                service.define(
                        Plan.dollars("rolling", "10")
                                .over(new Window.Rolling(Duration.ofHours(1))));
        service.count(Rated.initial().call("2026-07-15T09:30:00Z", "6").call(NOW, "3"));
        assertThat(service.spent("rolling")).isEqualTo("9");
        assertThat(verdict(Ask.dollars("2"))).isEqualTo(Verdict.DENIED);

        service.clock().advance(Duration.ofMinutes(31));

        assertThat(service.spent("rolling")).isEqualTo("3");
        assertThat(verdict(Ask.dollars("2"))).isEqualTo(Verdict.GRANTED);
    }

    @Test
    void an_archived_budget_neither_limits_nor_counts() {
        var budget = service.define(Plan.dollars("archived", "1").covering(Dimension.RUN, "r"));
        assertThat(verdict(Ask.dollars("2").with(Dimension.RUN, "r"))).isEqualTo(Verdict.DENIED);

        service.done(
                new ArchiveBudget(new BudgetKey("acme", "archived"), service.clock().instant()));

        assertThat(budget.isActive()).isTrue();
        assertThat(verdict(Ask.dollars("2").with(Dimension.RUN, "r"))).isEqualTo(Verdict.GRANTED);
    }
}
