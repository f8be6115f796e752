package dev.meterbook.allocation.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.meterbook.allocation.Ratings;
import dev.meterbook.allocation.RunningAllocation;
import dev.meterbook.allocation.domain.Directory;
import dev.meterbook.allocation.projection.AllocatedBatches;
import dev.meterbook.allocation.projection.CostHourProjection;
import dev.meterbook.platform.consumer.RunningConsumer;
import dev.meterbook.platform.eventlog.EventReader;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.platform.jdbc.DatabaseException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExactlyOnceTest {

    private static final String SUMS =
            "select string_agg(line, '; ' order by line) from (select k.cost_center || ' '"
                    + " || k.currency || ' ' || sum(h.calls) || ' ' || sum(h.unpriced_calls) || ' '"
                    + " || trim_scale(sum(h.charge)) as line from allocation.cost_hour h"
                    + " join allocation.cost_key k using (key_id) group by k.cost_center, k.currency)";

    private RunningAllocation running;

    @BeforeEach
    void start() throws SQLException {
        running = RunningAllocation.fresh();
        running.tenant("acme");
    }

    @AfterEach
    void stop() {
        running.close();
    }

    private String sums() throws SQLException {
        try (var superuser = running.server().connect();
                var statement = superuser.createStatement();
                var row = statement.executeQuery(SUMS)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }

    private static Ratings hundred(long first) {
        Ratings ratings = Ratings.initial();
        for (long position = first; position < first + 100; position++) {
            var _ =
                    ratings.call(position, "acme", "2026-03-01T10:00:00Z")
                            .user("u" + position % 7)
                            .priced("0.000001", "0.0000012", "USD");
        }
        return ratings;
    }

    @Test
    void rolls_every_call_up_once_over_restarts() throws SQLException {
        running.roll(hundred(1));
        running.restart();
        running.rate(hundred(101).event());
        running.restart();
        running.awaitRolledUp();
        running.restart();
        running.roll(hundred(201));

        assertThat(sums()).isEqualTo("unallocated USD 300 0 0.00036");
        assertThat(
                        running.number(
                                "select sum(calls) from allocation.allocated_batch where kind = 1"))
                .isEqualTo(300);
    }

    @Test
    void a_replay_gives_the_same_sums_whatever_rules_hold_now() throws SQLException {
        running.roll(hundred(1));
        running.costCenter("research", "");
        running.rule("acme", "", "research", "2026-01-01T00:00:00Z");
        running.roll(hundred(101));
        String before = sums();
        RunningConsumer consumer = running.consumer("cost-roll-up");

        consumer.replay();
        await().until(() -> consumer.position() == consumer.head());

        assertThat(before).isEqualTo("research USD 100 0 0.00012; unallocated USD 100 0 0.00012");
        assertThat(sums()).isEqualTo(before);
        assertThat(consumer.deadLetterCount()).isZero();
    }

    @Test
    void an_event_that_comes_again_is_refused_as_a_whole() throws SQLException {
        running.roll(hundred(1));
        RollUpConsumer another =
                new RollUpConsumer(
                        new Directory(), new AllocatedBatches(), new CostHourProjection());
        List<StoredEvent> again =
                running.database()
                        .write(transaction -> new EventReader("pricing").read(transaction, 0, 10));

        DatabaseException refused =
                catchThrowableOfType(
                        DatabaseException.class,
                        () ->
                                running.database()
                                        .write(
                                                transaction -> {
                                                    another.handle(transaction, again);
                                                    return true;
                                                }));

        assertThat(refused.sqlState()).isEqualTo("23505");
        assertThat(sums()).isEqualTo("unallocated USD 100 0 0.00012");
    }

    @Test
    void the_same_sums_come_from_one_batch_and_from_many() throws SQLException {
        Ratings atOnce = Ratings.initial();
        for (long position = 1; position <= 50; position++) {
            var _ =
                    atOnce.call(position, "acme", "2026-03-01T10:00:00Z")
                            .user("u" + position % 5)
                            .priced("0.1", "0.2", "USD");
        }
        running.roll(atOnce);
        for (long position = 51; position <= 100; position++) {
            running.rate(
                    Ratings.initial()
                            .call(position, "acme", "2026-03-01T10:59:59Z")
                            .user("u" + position % 5)
                            .priced("0.1", "0.2", "USD")
                            .and()
                            .event());
        }
        running.awaitRolledUp();

        assertThat(sums()).isEqualTo("unallocated USD 100 0 20");
        assertThat(running.number("select count(*) from allocation.cost_hour")).isEqualTo(5);
    }

    @Test
    void takes_the_largest_event_there_is() throws SQLException {
        Ratings ratings = Ratings.initial();
        for (long position = 1; position <= 1_000; position++) {
            var _ =
                    ratings.call(position, "acme", "2026-03-01T10:00:00Z")
                            .user("u" + position)
                            .priced("0.1", "0.2", "USD");
        }
        running.roll(ratings);

        assertThat(sums()).isEqualTo("unallocated USD 1000 0 200");
        assertThat(running.number("select count(*) from allocation.cost_hour")).isEqualTo(1_000);
    }

    @Test
    void a_late_price_meets_its_call_although_the_rules_changed() throws SQLException {
        running.costCenter("support", "");
        running.costCenter("sales", "");
        running.rule("acme", "", "support", "2026-01-01T00:00:00Z");
        running.roll(
                Ratings.initial()
                        .call(1, "acme", "2026-03-01T10:00:00Z")
                        .and()
                        .call(2, "acme", "2026-03-01T10:00:00Z")
                        .and());
        assertThat(sums()).isEqualTo("support  2 2 0");

        running.rule("acme", "", "sales", "2026-01-01T00:00:00Z");
        running.restart();
        running.roll(
                Ratings.late()
                        .call(2, "acme", "2026-03-01T10:00:00Z")
                        .priced("1", "2", "USD")
                        .and());
        running.roll(
                Ratings.initial()
                        .call(3, "acme", "2026-03-01T10:00:00Z")
                        .priced("10", "20", "USD")
                        .and());

        assertThat(sums()).isEqualTo("sales USD 1 0 20; support  1 1 0; support USD 1 0 2");
    }

    @Test
    void a_late_price_may_come_in_the_same_batch_as_its_call() throws SQLException {
        running.rate(
                Ratings.initial().call(1, "acme", "2026-03-01T10:00:00Z").and().event(),
                Ratings.late()
                        .call(1, "acme", "2026-03-01T10:00:00Z")
                        .priced("1", "2", "USD")
                        .and()
                        .event(),
                Ratings.correction()
                        .call(1, "acme", "2026-03-01T10:00:00Z")
                        .priced("-0.5", "-1", "USD")
                        .and()
                        .event());
        running.awaitRolledUp();

        assertThat(sums()).isEqualTo("unallocated USD 1 0 1");
    }

    @Test
    void a_charge_in_another_currency_is_kept() throws SQLException {
        running.roll(
                Ratings.initial()
                        .call(1, "acme", "2026-03-01T10:00:00Z")
                        .priced("1", "0.9", "USD")
                        .chargedIn("EUR")
                        .and());

        assertThat(sums()).isEqualTo("unallocated EUR 0 0 0.9; unallocated USD 1 0 0");
    }
}
