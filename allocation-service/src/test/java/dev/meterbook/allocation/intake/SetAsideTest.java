package dev.meterbook.allocation.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.meterbook.allocation.Ratings;
import dev.meterbook.allocation.RunningAllocation;
import dev.meterbook.allocation.intake.RollUpAudit.Report;
import dev.meterbook.platform.consumer.DeadLetter;
import dev.meterbook.platform.consumer.RunningConsumer;
import dev.meterbook.platform.eventlog.EventReader;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.platform.jdbc.DatabaseException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of an event that cannot be rolled up, only the tenant at fault is set aside. */
class SetAsideTest {

    private static final String TIME = "2026-03-01T10:00:00Z";

    private static final String SUMS =
            "select string_agg(line, '; ' order by line) from (select h.tenant_id || ' '"
                    + " || k.cost_center || ' ' || k.currency || ' ' || sum(h.calls) || ' '"
                    + " || sum(h.unpriced_calls) || ' ' || trim_scale(sum(h.charge)) as line"
                    + " from allocation.cost_hour h join allocation.cost_key k using (key_id)"
                    + " group by h.tenant_id, k.cost_center, k.currency"
                    + " having sum(h.calls) <> 0 or sum(h.charge) <> 0)";

    private RunningAllocation running;

    @BeforeEach
    void start() throws SQLException {
        running = RunningAllocation.fresh();
        running.tenant("acme");
        running.tenant("globex");
    }

    @AfterEach
    void stop() {
        running.close();
    }

    private RunningConsumer consumer() {
        return running.consumer("cost-roll-up");
    }

    private void rate(Ratings ratings) {
        long before = consumer().head();
        running.rate(ratings.event());
        await().until(() -> consumer().position() == before + 1);
    }

    private String sums() throws SQLException {
        try (var superuser = running.server().connect();
                var statement = superuser.createStatement();
                var row = statement.executeQuery(SUMS)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }

    private List<String> setAside() {
        return consumer().deadLetters("-", 0, 100).stream()
                .map(DeadLetter::part)
                .map(part -> part.position() + " " + part.tenantId())
                .toList();
    }

    private Report audit() {
        return running.bean(RollUpAudit.class).run(_ -> {});
    }

    private String stateOfHandOver(StoredEvent event) {
        DatabaseException refused =
                catchThrowableOfType(
                        DatabaseException.class,
                        () ->
                                running.database()
                                        .write(
                                                transaction -> {
                                                    running.bean(RollUpConsumer.class)
                                                            .handle(transaction, List.of(event));
                                                    return true;
                                                }));
        return refused.sqlState();
    }

    private StoredEvent event(long position) {
        return running.database()
                .read(tx -> new EventReader("pricing").read(tx, position - 1, 1))
                .getFirst();
    }

    /** A call of acme, one of globex whose charge is no number. */
    private static Ratings poison() {
        return Ratings.initial()
                .call(1, "acme", TIME)
                .priced("1", "2", "USD")
                .and()
                .call(2, "globex", TIME)
                .priced("1", "much", "USD")
                .and();
    }

    @Test
    void the_other_tenants_of_an_event_are_rolled_up() throws SQLException {
        rate(poison());
        rate(Ratings.initial().call(3, "globex", TIME).priced("1", "4", "USD").and());

        assertThat(setAside()).containsExactly("1 globex");
        assertThat(sums()).isEqualTo("acme unallocated USD 1 0 2; globex unallocated USD 1 0 4");
        assertThat(audit()).isEqualTo(new Report(2, 2, 0, 1, Optional.empty()));
        assertThat(consumer().retryDeadLetters("-")).isZero();
        assertThat(setAside()).containsExactly("1 globex");
    }

    /** The late price of globex' call comes before the call itself. */
    private void lateBeforeItsCall() {
        rate(Ratings.initial().call(1, "acme", TIME).and());
        rate(
                Ratings.late()
                        .call(1, "acme", TIME)
                        .priced("1", "2", "USD")
                        .and()
                        .call(2, "globex", TIME)
                        .priced("3", "4", "USD")
                        .and());
        assertThat(setAside()).containsExactly("2 globex");
    }

    @Test
    void a_retry_comes_to_what_would_be_without_the_failure() throws SQLException {
        lateBeforeItsCall();
        running.costCenter("research", "");
        running.rule("globex", "", "research", "2026-01-01T00:00:00Z");
        rate(Ratings.initial().call(2, "globex", TIME).and().call(3, "acme", TIME).and());
        assertThat(consumer().retryDeadLetters("acme")).isZero();

        assertThat(consumer().retryDeadLetters("globex")).isEqualTo(1);

        assertThat(sums())
                .isEqualTo(
                        "acme unallocated  1 1 0; acme unallocated USD 1 0 2;"
                                + " globex research USD 1 0 4");
        assertThat(audit()).isEqualTo(new Report(3, 3, 0, 0, Optional.empty()));
    }

    @Test
    void whole_and_parts_are_rolled_up_once_in_any_order() throws SQLException {
        lateBeforeItsCall();
        rate(Ratings.initial().call(2, "globex", TIME).and().call(3, "acme", TIME).and());
        List<StoredEvent> parts = RatedBatch.parts(event(2));

        assertThat(stateOfHandOver(parts.getFirst())).isEqualTo("23505");
        assertThat(stateOfHandOver(event(2))).isEqualTo("23505");
        assertThat(stateOfHandOver(RatedBatch.parts(event(3)).getLast())).isEqualTo("23505");
        assertThat(consumer().retryDeadLetters("-")).isEqualTo(1);
        assertThat(stateOfHandOver(parts.getLast())).isEqualTo("23505");
        assertThat(stateOfHandOver(event(2))).isEqualTo("23505");

        assertThat(audit()).isEqualTo(new Report(3, 3, 0, 0, Optional.empty()));
    }

    @Test
    void a_replay_allocates_parts_by_the_rules_of_their_time() throws SQLException {
        lateBeforeItsCall();
        rate(poison2());
        running.costCenter("research", "");
        running.rule("globex", "", "research", "2026-01-01T00:00:00Z");
        running.rule("acme", "", "research", "2026-01-01T00:00:00Z");
        rate(Ratings.initial().call(6, "acme", TIME).priced("1", "8", "USD").and());
        assertThat(consumer().retryDeadLetters("-")).isEqualTo(1);
        String before = sums();
        List<String> asideBefore = setAside();

        consumer().replay();
        await().until(() -> consumer().position() == consumer().head());

        // In the log the late price still stands before its call.
        assertThat(setAside()).containsExactly("2 globex", "3 initech");
        assertThat(consumer().retryDeadLetters("-")).isEqualTo(1);
        assertThat(sums()).isEqualTo(before);
        assertThat(before)
                .isEqualTo(
                        "acme research USD 1 0 8; acme unallocated USD 2 0 4;"
                                + " globex unallocated USD 1 0 4");
        assertThat(asideBefore).containsExactly("3 initech");
        assertThat(setAside()).isEqualTo(asideBefore);
        assertThat(audit()).isEqualTo(new Report(4, 4, 0, 1, Optional.empty()));
    }

    private static Ratings poison2() {
        return Ratings.initial()
                .call(2, "globex", TIME)
                .and()
                .call(3, "initech", TIME)
                .priced("1", "much", "USD")
                .and()
                .call(4, "acme", TIME)
                .priced("1", "2", "USD")
                .and();
    }
}
