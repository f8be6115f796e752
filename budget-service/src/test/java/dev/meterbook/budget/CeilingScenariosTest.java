package dev.meterbook.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.budget.application.admission.Authorization;
import dev.meterbook.budget.application.admission.Authorization.Verdict;
import dev.meterbook.budget.application.admission.AuthorizeOutcome;
import dev.meterbook.budget.application.admission.Authorizer;
import dev.meterbook.budget.domain.Amount;
import dev.meterbook.budget.domain.BudgetKey;
import dev.meterbook.budget.domain.Dimension;
import dev.meterbook.budget.domain.LimitationReason;
import dev.meterbook.budget.domain.Policy;
import dev.meterbook.budget.domain.Window.CalendarUnit;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.testing.RedisFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Budget cases of section A: never over the ceiling. Each test has a run or user of its own. */
class CeilingScenariosTest {

    private static final String NOW = TestClock.NOW;
    private static RedisFixture redis;
    private static PriceStand prices;
    private static RunningBudgets service;

    @BeforeAll
    static void start() {
        redis = RedisFixture.start();
        prices = PriceStand.open();
        service = RunningBudgets.on(redis.uri(), prices.address());
    }

    @AfterAll
    static void stop() {
        service.close();
        prices.close();
        redis.close();
    }

    private static Authorization ask(Ask ask) {
        return service.authorize(ask.question());
    }

    private static String limitedBy(Authorization answer) {
        return answer.limitedBy().orElseThrow().budget().budgetId();
    }

    private static String holdOf(Authorization answer) {
        return answer.hold().orElseThrow().holdId();
    }

    @Test
    void b01_twenty_parallel_calls_of_one_run_get_five_grants() throws Exception {
        var _ = service.define(Plan.dollars("b01", "1").covering(Dimension.RUN, "r01"));
        List<Authorization> answers = new ArrayList<>();
        List<Callable<Authorization>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add(() -> ask(Ask.dollars("0.2").with(Dimension.RUN, "r01")));
        }

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Authorization> each : threads.invokeAll(calls)) {
                answers.add(each.get());
            }
        }

        List<Authorization> granted =
                answers.stream().filter(each -> each.verdict() == Verdict.GRANTED).toList();
        assertThat(granted).hasSize(5);
        assertThat(answers.stream().filter(each -> each.verdict() == Verdict.DENIED))
                .hasSize(15)
                .allSatisfy(each -> assertThat(limitedBy(each)).isEqualTo("b01"));
        Rated settled = Rated.initial();
        granted.forEach(each -> settled.call(NOW, "0.2", holdOf(each)));
        service.count(settled);
        assertThat(service.held("b01")).isEqualTo("0");
    }

    @Test
    void b03_a_smaller_scope_that_is_exhausted_denies_inside_a_larger_one() {
        var _ = service.define(Plan.dollars("b03-user", "10").covering(Dimension.USER, "u03"));
        var _ = service.define(Plan.dollars("b03-team", "500").covering(Dimension.FEATURE, "f03"));
        service.count(Rated.initial().callOf("u03", NOW, "10.5", "USD"));

        Authorization answer =
                ask(Ask.dollars("0.01").with(Dimension.USER, "u03").with(Dimension.FEATURE, "f03"));

        assertThat(answer.verdict()).isEqualTo(Verdict.DENIED);
        assertThat(limitedBy(answer)).isEqualTo("b03-user");
        assertThat(answer.limitedBy().orElseThrow().remaining())
                .contains(Amount.of("-0.5", CurrencyCode.USD));
        assertThat(service.held("b03-team")).isEqualTo("0");
        assertThat(service.held("b03-user")).isEqualTo("0");
    }

    @Test
    void b06_the_output_limit_is_lowered_where_the_budget_says_so() {
        var _ =
                service.define(
                        Plan.tokens("b06", 1_000)
                                .covering(Dimension.RUN, "r06")
                                .with(new Policy.LowerOutput()));

        Authorization answer = ask(Ask.tokens(100, 1_200).with(Dimension.RUN, "r06"));

        assertThat(answer.verdict()).isEqualTo(Verdict.LOWERED);
        assertThat(answer.maxOutputTokens()).isEqualTo(OptionalLong.of(900));
        assertThat(answer.hold().orElseThrow().tokens()).isEqualTo(1_000);
        assertThat(service.held("b06")).isEqualTo("1000");
    }

    @Test
    void b06_a_lowered_answer_in_money_fits_to_the_last_digit() {
        var _ =
                service.define(
                        Plan.dollars("b06-money", "0.01")
                                .covering(Dimension.RUN, "r06m")
                                .with(new Policy.LowerOutput()));

        Authorization answer = ask(Ask.tokens(1_000, 10_000).with(Dimension.RUN, "r06m"));

        assertThat(answer.verdict()).isEqualTo(Verdict.LOWERED);
        assertThat(answer.maxOutputTokens()).isEqualTo(OptionalLong.of(466));
        assertThat(service.held("b06-money")).isEqualTo("0.00999");
    }

    @Test
    void b06_a_denying_budget_never_lowers() {
        var _ = service.define(Plan.tokens("b06-deny", 1_000).covering(Dimension.RUN, "r06d"));

        Authorization answer = ask(Ask.tokens(100, 1_200).with(Dimension.RUN, "r06d"));

        assertThat(answer.verdict()).isEqualTo(Verdict.DENIED);
        assertThat(answer.limitedBy().orElseThrow().remaining()).contains(Amount.tokens(1_000));
        assertThat(service.held("b06-deny")).isEqualTo("0");
    }

    @Test
    void b07_a_token_ceiling_counts_tokens() {
        var _ =
                service.define(
                        Plan.tokens("b07", 10_000)
                                .covering(Dimension.AGENT, "a07")
                                .in(CalendarUnit.DAY, "UTC"));
        int granted = 0;
        for (int i = 0; i < 67; i++) {
            Authorization answer = ask(Ask.tokens(100, 50).with(Dimension.AGENT, "a07"));
            granted += answer.verdict() == Verdict.GRANTED ? 1 : 0;
        }

        assertThat(granted).isEqualTo(66);
        assertThat(service.held("b07")).isEqualTo("9900");
    }

    @Test
    void a_downgrading_budget_holds_for_the_cheaper_model() {
        var _ =
                service.define(
                        Plan.dollars("cheaper", "0.01")
                                .covering(Dimension.RUN, "cheap")
                                .with(new Policy.Downgrade("small")));

        Authorization answer = ask(Ask.tokens(1_000, 1_000).with(Dimension.RUN, "cheap"));

        assertThat(answer.verdict()).isEqualTo(Verdict.DOWNGRADED);
        assertThat(answer.model()).isEqualTo("small");
        assertThat(limitedBy(answer)).isEqualTo("cheaper");
        assertThat(service.held("cheaper")).isEqualTo("0.0018");
    }

    @Test
    void a_downgrading_budget_denies_what_is_too_much_for_the_cheaper_model_too() {
        var _ =
                service.define(
                        Plan.dollars("cheapest", "0.001")
                                .covering(Dimension.RUN, "cheapest")
                                .with(new Policy.Downgrade("small")));

        Authorization answer = ask(Ask.tokens(1_000, 1_000).with(Dimension.RUN, "cheapest"));

        assertThat(answer.verdict()).isEqualTo(Verdict.DENIED);
        assertThat(service.held("cheapest")).isEqualTo("0");
    }

    @Test
    void a_warning_budget_grants_and_warns() {
        var _ =
                service.define(
                        Plan.dollars("warning", "1")
                                .covering(Dimension.RUN, "warn")
                                .with(new Policy.Warn()));

        Authorization answer = ask(Ask.dollars("2").with(Dimension.RUN, "warn"));

        assertThat(answer.verdict()).isEqualTo(Verdict.GRANTED);
        assertThat(answer.warnings())
                .containsExactly(
                        new Authorization.Warning(
                                new BudgetKey("acme", "warning"),
                                20_000,
                                "limit of 1 USD exceeded"));
    }

    @Test
    void the_same_question_again_gets_the_first_answer() {
        var _ =
                service.define(
                        Plan.tokens("again", 1_000)
                                .covering(Dimension.RUN, "again")
                                .with(new Policy.LowerOutput()));
        Ask ask = Ask.tokens(100, 1_200).with(Dimension.RUN, "again").as("request-1");

        Authorization first = ask(ask);
        Authorization second = ask(ask);

        assertThat(second.hold()).isEqualTo(first.hold());
        assertThat(second.verdict()).isEqualTo(Verdict.LOWERED);
        assertThat(second.maxOutputTokens()).isEqualTo(OptionalLong.of(900));
        assertThat(limitedBy(second)).isEqualTo("again");
        assertThat(service.held("again")).isEqualTo("1000");
    }

    @Test
    void another_question_under_the_same_request_id_is_a_conflict() {
        var _ = ask(Ask.dollars("1").as("request-2"));

        assertThat(
                        service.bean(Authorizer.class)
                                .authorize(Ask.dollars("2").as("request-2").question()))
                .isEqualTo(new AuthorizeOutcome.RequestIdReused());
    }

    @Test
    void a_budget_in_another_currency_denies_instead_of_guessing() {
        var _ = service.define(Plan.dollars("dollars", "5").covering(Dimension.RUN, "euro"));

        Authorization answer = ask(Ask.tokens(10, 10).model("euro").with(Dimension.RUN, "euro"));

        assertThat(answer.limitedBy().orElseThrow().reason())
                .isEqualTo(LimitationReason.CURRENCY_MISMATCH);
    }

    @Test
    void prices_are_asked_once_in_ten_seconds_and_by_their_band() {
        var _ = service.define(Plan.dollars("bands", "100").covering(Dimension.RUN, "bands"));
        Ask low = Ask.tokens(150_000, 0).model("banded").with(Dimension.RUN, "bands");
        Ask high = Ask.tokens(250_000, 0).model("banded").with(Dimension.RUN, "bands");
        assertThat(ask(low).hold().orElseThrow().amount().orElseThrow().plainAmount())
                .isEqualTo("0.15");
        assertThat(ask(high).hold().orElseThrow().amount().orElseThrow().plainAmount())
                .isEqualTo("0.5");
        int asked = prices.questions();

        for (int i = 0; i < 50; i++) {
            var _ = ask(low);
            var _ = ask(high);
        }

        assertThat(prices.questions()).isEqualTo(asked);
    }
}
