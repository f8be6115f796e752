package dev.meterbook.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.meterbook.budget.application.admission.HoldJournal;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.platform.jdbc.DatabaseException;
import dev.meterbook.testing.RedisFixture;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row-level security, whatever a query says. */
class IsolationTest {

    private static RedisFixture redis;
    private static PriceStand prices;
    private static RunningBudgets service;

    @BeforeAll
    static void start() {
        redis = RedisFixture.start();
        prices = PriceStand.open();
        service = RunningBudgets.on(redis.uri(), prices.address());
        var _ = service.define(Plan.dollars("own", "1").alertingAt(1));
        var _ = service.authorize(Ask.dollars("0.1").question());
        service.count(Rated.initial().call(TestClock.NOW, "0.5"));
        service.bean(HoldJournal.class).flush();
        await().atMost(RunningBudgets.SOON).until(() -> service.alerts("own").size() == 1);
    }

    @AfterAll
    static void stop() {
        service.close();
        prices.close();
        redis.close();
    }

    private static long rowsSeenBy(String tenant, String table) {
        return service.bean(Database.class, "budget")
                .readAsTenant(
                        tenant,
                        transaction -> {
                            try (PreparedStatement select =
                                            transaction.prepareStatement(
                                                    "select count(*) from " + table);
                                    ResultSet row = select.executeQuery()) {
                                row.next();
                                return row.getLong(1);
                            }
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"budget", "alert", "hold", "event"})
    void a_tenant_sees_its_own_rows_only(String table) {
        assertThat(rowsSeenBy("acme", table)).isPositive();
        assertThat(rowsSeenBy("globex", table)).isZero();
    }

    @Test
    void an_alert_cannot_be_changed() {
        assertThatThrownBy(
                        () ->
                                service.bean(Database.class, "budget")
                                        .write(
                                                transaction ->
                                                        transaction
                                                                .createStatement()
                                                                .executeUpdate(
                                                                        "update alert set"
                                                                                + " percent = 2")))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("permission denied");
    }
}
