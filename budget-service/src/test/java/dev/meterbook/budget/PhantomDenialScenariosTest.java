package dev.meterbook.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.meterbook.budget.application.admission.Authorization;
import dev.meterbook.budget.application.admission.Authorization.Verdict;
import dev.meterbook.budget.application.admission.HoldState;
import dev.meterbook.budget.domain.Dimension;
import dev.meterbook.proto.budget.v1.HoldExpired;
import dev.meterbook.testing.RedisFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Budget cases of section B: never a phantom denial. */
class PhantomDenialScenariosTest {

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

    private Authorization ask(String dollars) {
        return service.authorize(Ask.dollars(dollars).question());
    }

    private String hold(String dollars) {
        return ask(dollars).hold().orElseThrow().holdId();
    }

    private Verdict verdict(String dollars) {
        return ask(dollars).verdict();
    }

    @Test
    void b10_a_hold_whose_holder_died_expires_with_an_event_and_its_late_usage_is_counted()
            throws Exception {
        var _ = service.define(Plan.dollars("b10", "1"));
        String hold = hold("0.4");

        service.clock().advance(Duration.ofSeconds(119));
        assertThat(service.held("b10")).isEqualTo("0.4");
        service.clock().advance(Duration.ofSeconds(1));
        assertThat(service.held("b10")).isEqualTo("0");
        assertThat(verdict("1")).isEqualTo(Verdict.GRANTED);
        await().atMost(RunningBudgets.SOON)
                .untilAsserted(() -> assertThat(service.events("budget.HoldExpired")).hasSize(1));
        HoldExpired event =
                HoldExpired.parseFrom(service.events("budget.HoldExpired").getFirst().payload());
        assertThat(event.getHoldId()).isEqualTo(hold);
        assertThat(event.getParts(0).getBudget()).isEqualTo("tenants/acme/budgets/b10");
        assertThat(event.getParts(0).getAmount()).isEqualTo("0.4");

        service.clock().advance(Duration.ofMinutes(3));
        service.count(Rated.initial().call(NOW, "0.35", hold));

        assertThat(service.spent("b10")).isEqualTo("0.35");
        assertThat(service.held("b10")).isEqualTo("0");
        assertThat(service.release(hold)).isEqualTo(HoldState.UNKNOWN);
    }

    @Test
    void b11_when_all_is_quiet_the_counter_is_the_sum_of_what_was_charged() {
        var _ = service.define(Plan.dollars("b11", "1000"));
        Rated settled = Rated.initial();
        for (int i = 0; i < 1_000; i++) {
            String hold = hold("0.1");
            switch (i % 5) {
                case 0 -> settled.call(NOW, "0.1", hold);
                case 1 -> settled.call(NOW, "0.0786", hold);
                case 2 -> settled.call(NOW, "0.1001", hold);
                case 3 -> service.release(hold);
                default -> {
                    // Its holder dies.
                }
            }
        }

        service.count(settled);
        service.clock().advance(Duration.ofMinutes(3));

        await().atMost(RunningBudgets.SOON)
                .untilAsserted(() -> assertThat(service.held("b11")).isEqualTo("0"));
        assertThat(service.spent("b11")).isEqualTo("55.74");
    }

    @Test
    void b12_ten_thousand_amounts_of_seven_digits_do_not_drift() {
        var _ = service.define(Plan.dollars("b12", "100"));
        for (int batch = 0; batch < 10; batch++) {
            Rated settled = Rated.initial();
            for (int i = 0; i < 1_000; i++) {
                settled.call(NOW, i % 2 == 0 ? "0.0098131" : "0.0098129");
            }
            service.count(settled);
        }

        assertThat(service.spent("b12")).isEqualTo("98.13");
        assertThat(verdict("1.80")).isEqualTo(Verdict.GRANTED);
    }

    @Test
    void b13_a_release_after_the_settlement_changes_nothing() {
        var _ = service.define(Plan.dollars("b13", "1"));
        String hold = hold("0.5");
        service.count(Rated.initial().call(NOW, "0.3", hold));

        assertThat(service.release(hold)).isEqualTo(HoldState.SETTLED);
        assertThat(service.release(hold)).isEqualTo(HoldState.SETTLED);
        assertThat(service.spent("b13")).isEqualTo("0.3");
        assertThat(service.held("b13")).isEqualTo("0");
    }

    @Test
    void b14_counters_and_open_holds_come_back_after_redis_was_emptied() {
        var budget = service.define(Plan.dollars("b14", "5"));
        String settled = hold("0.7");
        String open = hold("0.5");
        var _ = hold("0.5");
        String released = hold("0.1");
        service.release(released);
        service.count(Rated.initial().call(NOW, "4", settled));

        service.loseCounters();
        Authorization meanwhile = ask("0.10");
        service.awaitComplete(budget.key());

        assertThat(meanwhile.verdict()).isEqualTo(Verdict.DENIED);
        assertThat(service.spent("b14")).isEqualTo("4");
        assertThat(service.held("b14")).isEqualTo("1");
        assertThat(verdict("0.10")).isEqualTo(Verdict.DENIED);
        service.count(Rated.initial().call(NOW, "0.1", open));
        assertThat(service.figures("b14").used()).isEqualByComparingTo("4.6");
    }

    @Test
    void a_rebuilt_counter_equals_the_one_that_was_lost() {
        var month = service.define(Plan.dollars("month", "1000"));
        var tokens = service.define(Plan.tokens("tokens", 1_000_000));
        for (int batch = 0; batch < 7; batch++) {
            Rated rated = Rated.initial();
            for (int i = 0; i < 333; i++) {
                rated.call(NOW, "0.00012345678901234567", "", 100 + i, batch);
            }
            rated.unpriced(NOW, "", 7, 7).callOf("u", NOW, "3", "EUR");
            service.count(rated);
        }
        service.count(Rated.late().call(NOW, "0.5").call(NOW, "0.25"));
        service.count(Rated.correction().call(NOW, "-0.0000000000000000001"));
        var before = service.figures("month");
        var tokensBefore = service.figures("tokens");

        service.loseCounters();
        service.awaitComplete(month.key());
        service.awaitComplete(tokens.key());

        assertThat(service.figures("month")).isEqualTo(before);
        assertThat(service.figures("tokens")).isEqualTo(tokensBefore);
        assertThat(before.calls()).isEqualTo(2_345);
        assertThat(before.unpricedCalls()).isEqualTo(5);
        assertThat(before.otherCurrencyCalls()).isEqualTo(7);
        assertThat(tokensBefore.spent().units()).isEqualTo(627_137);
    }

    @Test
    void b16_a_call_without_price_keeps_its_hold_until_the_price_arrives() {
        var _ = service.define(Plan.dollars("b16", "1"));
        var _ = service.define(Plan.tokens("b16-tokens", 1_000));
        Authorization answer = service.authorize(Ask.tokens(100, 200).worth("0.5").question());
        String hold = answer.hold().orElseThrow().holdId();

        service.count(Rated.initial().unpriced(NOW, hold, 100, 150));
        service.clock().advance(Duration.ofDays(2));

        assertThat(service.held("b16")).isEqualTo("0.5");
        assertThat(service.spent("b16")).isEqualTo("0");
        assertThat(service.figures("b16").unpricedCalls()).isEqualTo(1);
        assertThat(service.held("b16-tokens")).isEqualTo("0");
        assertThat(service.spent("b16-tokens")).isEqualTo("250");
        assertThat(service.release(hold)).isEqualTo(HoldState.AWAITING_PRICE);
        service.count(Rated.late().call(NOW, "0.42", hold, 100, 150));
        assertThat(service.held("b16")).isEqualTo("0");
        assertThat(service.spent("b16")).isEqualTo("0.42");
        assertThat(service.spent("b16-tokens")).isEqualTo("250");
        assertThat(service.figures("b16").unpricedCalls()).isEqualTo(0);
    }

    @Test
    void b16_the_hold_of_a_call_without_price_survives_a_loss() {
        var budget = service.define(Plan.dollars("b16", "1"));
        String hold = hold("0.5");
        service.count(Rated.initial().unpriced(NOW, hold, 100, 150));
        service.clock().advance(Duration.ofDays(2));

        service.loseCounters();
        service.awaitComplete(budget.key());

        assertThat(service.held("b16")).isEqualTo("0.5");
        service.count(Rated.late().call(NOW, "0.42", hold));
        assertThat(service.held("b16")).isEqualTo("0");
    }

    @Test
    void a_batch_that_is_larger_than_a_step_is_counted_once() {
        List<String> holds = new ArrayList<>();
        var _ = service.define(Plan.dollars("steps", "1000"));
        for (int i = 0; i < 450; i++) {
            holds.add(hold("1"));
        }
        Rated rated = Rated.initial();
        holds.forEach(hold -> rated.call(NOW, "0.5", hold));
        service.count(rated);

        assertThat(service.spent("steps")).isEqualTo("225");
        assertThat(service.held("steps")).isEqualTo("0");
        assertThat(service.figures("steps").calls()).isEqualTo(450);
    }

    @Test
    void two_processes_count_each_call_once() {
        var _ = service.define(Plan.dollars("two", "1000").covering(Dimension.USER, "u"));
        try (RunningBudgets other = service.another()) {
            for (int i = 0; i < 40; i++) {
                long position = i % 2 == 0 ? service.append(calls()) : other.append(calls());
                assertThat(position).isEqualTo(i + 1);
            }
            service.count(calls());

            assertThat(service.spent("two")).isEqualTo("41");
            assertThat(other.spent("two")).isEqualTo("41");
        }
    }

    private static Rated calls() {
        Rated rated = Rated.initial();
        for (int i = 0; i < 100; i++) {
            rated.callOf("u", NOW, "0.01", "USD");
        }
        return rated;
    }

    @Test
    void a_restart_keeps_counters_holds_and_budgets() {
        var budget = service.define(Plan.dollars("kept", "1"));
        var _ = hold("0.4");
        service.count(Rated.initial().call(NOW, "0.3"));

        service.restart();
        service.awaitComplete(budget.key());

        assertThat(service.spent("kept")).isEqualTo("0.3");
        assertThat(service.held("kept")).isEqualTo("0.4");
        assertThat(verdict("0.31")).isEqualTo(Verdict.DENIED);
        assertThat(verdict("0.3")).isEqualTo(Verdict.GRANTED);
    }
}
