package dev.meterbook.allocation.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.allocation.Ratings;
import dev.meterbook.allocation.RunningAllocation;
import dev.meterbook.allocation.intake.RollUpAudit.Report;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RollUpAuditTest {

    private RunningAllocation running;

    @BeforeEach
    void start() throws SQLException {
        running = RunningAllocation.fresh();
        running.costCenter("support", "");
        running.costCenter("sales", "");
        running.tenant("acme", "support");
        running.roll(
                Ratings.initial()
                        .call(1, "acme", "2026-03-01T10:00:00Z")
                        .and()
                        .call(2, "acme", "2026-03-01T10:00:00Z")
                        .priced("1", "2", "USD")
                        .and());
        running.rule("acme", "", "sales", "2026-01-01T00:00:00Z");
        running.roll(
                Ratings.late()
                        .call(1, "acme", "2026-03-01T10:00:00Z")
                        .priced("3", "4", "USD")
                        .and());
        running.roll(
                Ratings.initial()
                        .call(3, "acme", "2026-03-01T10:00:00Z")
                        .priced("5", "6", "EUR")
                        .and());
    }

    @AfterEach
    void stop() {
        running.close();
    }

    private Report audit() {
        return running.bean(RollUpAudit.class).run(position -> assertThat(position).isEqualTo(3));
    }

    @Test
    void finds_a_roll_up_right_that_can_be_computed_again() {
        assertThat(audit()).isEqualTo(new Report(3, 3, 0, 0, Optional.empty()));
        running.restart();
        assertThat(audit()).isEqualTo(new Report(3, 3, 0, 0, Optional.empty()));
    }

    @Test
    void names_a_row_that_was_changed() throws SQLException {
        running.run("update allocation.cost_hour set charge = charge + 0.0001 where calls = 2");

        assertThat(audit().firstProblem().orElseThrow())
                .startsWith("roll-up of Cell[hour=2026-03-01T10:00:00Z")
                .contains("costCenter=support", "charge=6.0001] (expected: ", "charge=6]");
    }

    @Test
    void names_a_row_that_is_gone() throws SQLException {
        running.run(
                "delete from allocation.cost_hour where key_id ="
                        + " (select key_id from allocation.cost_key where currency = 'EUR')");

        assertThat(audit().firstProblem().orElseThrow())
                .contains("costCenter=sales", "CostSums[calls=0,", "(expected: CostSums[calls=1,");
    }

    @Test
    void names_an_event_that_was_passed_over() throws SQLException {
        running.run("delete from allocation.allocated_batch where rating_position = 2");

        assertThat(audit().firstProblem())
                .contains("rating log, position 3: is in the roll-up, but one before it is not");
    }

    @Test
    void names_an_event_whose_row_was_changed() throws SQLException {
        running.run("update allocation.allocated_batch set calls = 7 where rating_position = 1");

        assertThat(audit().firstProblem().orElseThrow())
                .startsWith("rating log, position 1: is not what was rolled up: Batch[");
    }

    @Test
    void names_an_event_that_is_not_in_the_log() throws SQLException {
        running.run("delete from pricing.event where position = 3");

        assertThat(running.bean(RollUpAudit.class).run(_ -> {}).firstProblem()).isPresent();
    }

    @Test
    void does_not_take_what_is_to_come_for_wrong() throws SQLException {
        running.run("delete from allocation.allocated_batch where rating_position = 3");
        running.run(
                "delete from allocation.cost_hour where key_id ="
                        + " (select key_id from allocation.cost_key where currency = 'EUR')");

        assertThat(audit()).isEqualTo(new Report(2, 2, 1, 0, Optional.empty()));
    }
}
