package dev.meterbook.budget;

import static dev.meterbook.budget.TestClock.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.meterbook.budget.application.admission.Authorization;
import dev.meterbook.budget.application.counting.SpendCounters;
import dev.meterbook.budget.domain.Budget;
import dev.meterbook.budget.intake.RatingCount;
import dev.meterbook.platform.consumer.DeadLetter;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.testing.RedisFixture;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of an event that cannot be counted, only the tenant at fault is set aside; counting anew. */
class SetAsideTest {

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

    private RatingCount counting() {
        return service.bean(RatingCount.class);
    }

    private List<String> setAside() {
        return counting().deadLetters("-", 0, 100).stream()
                .map(DeadLetter::part)
                .map(part -> part.position() + " " + part.tenantId())
                .toList();
    }

    /** As a release that can read the part would find it. */
    private void heal(Rated content) {
        var _ =
                service.bean(Database.class, "budget")
                        .write(
                                transaction -> {
                                    try (PreparedStatement update =
                                            transaction.prepareStatement(
                                                    "update dead_letter set payload = ?")) {
                                        update.setBytes(1, content.bytes());
                                        return update.executeUpdate();
                                    }
                                });
    }

    private void replay() {
        counting().replay();
        await().atMost(RunningBudgets.SOON).until(() -> counting().position() == counting().head());
    }

    private static Rated poisonOfAcme(String hold) {
        return Rated.initial()
                .callOfTenant("globex", NOW, "1", "")
                .call(NOW, "much", hold)
                .callOfTenant("globex", NOW, "1", "");
    }

    @Test
    void the_other_tenants_of_an_event_are_counted() {
        var _ = service.define(Plan.dollars("all", "100"));
        service.count(
                Rated.initial()
                        .call(NOW, "1.5")
                        .callOfTenant("globex", NOW, "much", "")
                        .call(NOW, "2"));
        service.count(Rated.initial().call(NOW, "4"));

        assertThat(service.spent("all")).isEqualTo("7.5");
        assertThat(setAside()).containsExactly("1 globex");
        assertThat(counting().retryDeadLetters("-")).isZero();
        assertThat(counting().deadLetters("globex", 0, 9).getFirst().attempts()).isEqualTo(2);
        assertThat(counting().retryDeadLetters("acme")).isZero();
    }

    @Test
    void a_retry_comes_to_what_would_be_without_the_failure() {
        var _ = service.define(Plan.dollars("acmes", "100"));
        Authorization granted = service.authorize(Ask.dollars("5").question());
        String hold = granted.hold().orElseThrow().holdId();
        service.count(poisonOfAcme(hold));
        service.count(Rated.initial().call(NOW, "2"));
        assertThat(setAside()).containsExactly("1 acme");
        assertThat(service.held("acmes")).isEqualTo("5");

        heal(Rated.initial().call(NOW, "3", hold));
        assertThat(counting().retryDeadLetters("acme")).isEqualTo(1);
        assertThat(counting().retryDeadLetters("acme")).isZero();

        assertThat(setAside()).isEmpty();
        assertThat(service.spent("acmes")).isEqualTo("5");
        assertThat(service.held("acmes")).isEqualTo("0");
    }

    @Test
    void new_budgets_and_new_epochs_count_it_once() {
        service.count(poisonOfAcme(""));
        Budget young = service.define(Plan.dollars("young", "100"));
        assertThat(service.spent("young")).isEqualTo("0");
        service.loseCounters();
        service.awaitComplete(young.key());
        assertThat(service.spent("young")).isEqualTo("0");

        heal(Rated.initial().call(NOW, "3", ""));
        assertThat(counting().retryDeadLetters("-")).isEqualTo(1);
        assertThat(service.spent("young")).isEqualTo("3");
    }

    @Test
    void an_event_that_cannot_be_read_at_all_is_set_aside_as_a_whole() {
        var _ = service.define(Plan.dollars("all", "100"));
        service.count(Rated.initial().callOfTenant("", NOW, "much", ""));
        service.count(Rated.initial().call(NOW, "1"));

        assertThat(setAside()).containsExactly("1 ");
        assertThat(service.spent("all")).isEqualTo("1");
    }

    @Test
    void all_counters_are_made_anew_with_their_holds() {
        var _ = service.define(Plan.dollars("all", "100"));
        var _ = service.authorize(Ask.dollars("5").question());
        service.count(Rated.initial().call(NOW, "1.5").call(NOW, "0.000000000000001"));
        service.count(poisonOfAcme(""));
        String spent = service.spent("all");

        replay();

        assertThat(service.bean(SpendCounters.class).epoch().number()).isEqualTo(2);
        assertThat(service.spent("all")).isEqualTo(spent).isEqualTo("1.500000000000001");
        assertThat(service.held("all")).isEqualTo("5");
        assertThat(counting().deadLetters("-", 0, 9))
                .singleElement()
                .satisfies(letter -> assertThat(letter.attempts()).isEqualTo(1));
        service.count(Rated.initial().call(NOW, "1"));
        assertThat(service.spent("all")).isEqualTo("2.500000000000001");
    }

    @Test
    void replaying_while_calls_go_on_loses_none() {
        var _ = service.define(Plan.dollars("all", "10000"));
        for (int i = 0; i < 20; i++) {
            var _ = service.append(Rated.initial().call(NOW, "1"));
        }
        counting().replay();
        for (int i = 0; i < 20; i++) {
            var _ = service.append(Rated.initial().call(NOW, "1"));
        }
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> service.spent("all").equals("40"));
        assertThat(setAside()).isEmpty();
    }
}
