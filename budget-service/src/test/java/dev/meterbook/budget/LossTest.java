package dev.meterbook.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.budget.application.admission.Authorization;
import dev.meterbook.budget.application.admission.Authorization.Verdict;
import dev.meterbook.budget.application.admission.HoldJournal;
import dev.meterbook.budget.application.counting.SpendCounters;
import dev.meterbook.budget.domain.BudgetKey;
import dev.meterbook.budget.domain.Dimension;
import dev.meterbook.budget.domain.LimitationReason;
import dev.meterbook.budget.domain.Policy;
import dev.meterbook.embedded.Durability;
import dev.meterbook.embedded.FreePort;
import dev.meterbook.embedded.RedisOptions;
import dev.meterbook.embedded.RedisServer;
import dev.meterbook.testing.RedisFixture;
import io.lettuce.core.RedisClient;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when Redis or the pricing service is not there. */
class LossTest {

    private static final String NOW = TestClock.NOW;

    private static Authorization ask(RunningBudgets service, Ask ask) {
        return service.authorize(ask.question());
    }

    @Test
    void b22_without_redis_each_budget_follows_its_own_policy() {
        RedisFixture redis = RedisFixture.start();
        String uri = redis.uri();
        redis.stop();
        try (PriceStand prices = PriceStand.open();
                RunningBudgets service = RunningBudgets.on(uri, prices.address())) {
            service.done(
                    Plan.dollars("closed", "5")
                            .covering(Dimension.RUN, "closed")
                            .command(service.clock().instant()));
            service.done(
                    Plan.dollars("open", "5")
                            .covering(Dimension.RUN, "open")
                            .with(new Policy.Warn())
                            .command(service.clock().instant()));

            Authorization closed = ask(service, Ask.dollars("1").with(Dimension.RUN, "closed"));
            Authorization open = ask(service, Ask.dollars("1").with(Dimension.RUN, "open"));

            assertThat(closed.verdict()).isEqualTo(Verdict.DENIED);
            assertThat(closed.limitedBy().orElseThrow().reason())
                    .isEqualTo(LimitationReason.COUNTERS_UNAVAILABLE);
            assertThat(closed.limitedBy().orElseThrow().budget())
                    .isEqualTo(new BudgetKey("acme", "closed"));
            assertThat(open.verdict()).isEqualTo(Verdict.GRANTED);
            assertThat(open.hold()).isEmpty();
            assertThat(open.maxOutputTokens()).isEqualTo(OptionalLong.empty());
            assertThat(open.warnings()).hasSize(1);
        }
    }

    /** The file that Redis comes back with lacks a hold: as if the last second had been lost. */
    @Test
    void b15_a_redis_that_comes_back_with_an_older_copy_is_not_believed(@TempDir Path folder) {
        RedisOptions options = new RedisOptions(folder, FreePort.next(), Durability.KEPT);
        RedisServer redis = RedisServer.start(options);
        try (PriceStand prices = PriceStand.open();
                RunningBudgets service = RunningBudgets.on(redis.uri(), prices.address())) {
            var budget = service.define(Plan.dollars("kept", "5"));
            service.count(Rated.initial().call(NOW, "3"));
            stopWritingTheFile(redis);
            var _ = ask(service, Ask.dollars("1.5"));
            service.bean(HoldJournal.class).flush();
            redis.close();
            assertThat(ask(service, Ask.dollars("0.1")).verdict()).isEqualTo(Verdict.DENIED);

            redis = RedisServer.start(options);
            assertThat(ask(service, Ask.dollars("0.6")).verdict()).isEqualTo(Verdict.DENIED);
            service.awaitComplete(budget.key());

            assertThat(service.bean(SpendCounters.class).epoch().number()).isEqualTo(2);
            assertThat(service.spent("kept")).isEqualTo("3");
            assertThat(service.held("kept")).isEqualTo("1.5");
            assertThat(ask(service, Ask.dollars("0.6")).verdict()).isEqualTo(Verdict.DENIED);
            assertThat(ask(service, Ask.dollars("0.5")).verdict()).isEqualTo(Verdict.GRANTED);
            assertThat(keysOfEpochs(redis)).containsExactly("2");
        } finally {
            redis.close();
        }
    }

    private static void stopWritingTheFile(RedisServer redis) {
        try (RedisClient client = RedisClient.create(redis.uri())) {
            var _ = client.connect().sync().configSet("appendonly", "no");
        }
    }

    private static Set<String> keysOfEpochs(RedisServer redis) {
        try (RedisClient client = RedisClient.create(redis.uri())) {
            return client.connect().sync().keys("*").stream()
                    .map(key -> key.split(":", -1)[2].split("-", -1)[0])
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void without_prices_money_budgets_deny_and_token_budgets_work() {
        PriceStand prices = PriceStand.open();
        String address = prices.address();
        prices.close();
        try (RedisFixture redis = RedisFixture.start();
                RunningBudgets service = RunningBudgets.on(redis.uri(), address)) {
            var _ = service.define(Plan.dollars("money", "5").covering(Dimension.RUN, "money"));
            var _ = service.define(Plan.tokens("tokens", 500).covering(Dimension.RUN, "tokens"));

            Authorization money = ask(service, Ask.tokens(10, 10).with(Dimension.RUN, "money"));
            Authorization told =
                    ask(service, Ask.tokens(10, 10).worth("1").with(Dimension.RUN, "money"));
            Authorization tokens = ask(service, Ask.tokens(10, 10).with(Dimension.RUN, "tokens"));

            assertThat(money.limitedBy().orElseThrow().reason())
                    .isEqualTo(LimitationReason.PRICING_UNAVAILABLE);
            assertThat(told.verdict()).isEqualTo(Verdict.GRANTED);
            assertThat(tokens.verdict()).isEqualTo(Verdict.GRANTED);
        }
    }
}
