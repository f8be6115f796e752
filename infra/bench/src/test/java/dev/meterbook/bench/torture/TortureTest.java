package dev.meterbook.bench.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.allinone.demo.ProgressLine;
import dev.meterbook.allinone.system.ClosingOrder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every scenario in its short form, one after another on one system: six processes, PostgreSQL and
 * Redis. After each, everything that was sent before is checked once more.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TortureTest {

    private static final long SEED = 20_261_123;
    private static final int CALLS = 400;

    private static final ClosingOrder CLOSING = new ClosingOrder();
    private static Torture torture;

    @BeforeAll
    static void start(@TempDir Path folder) {
        torture =
                Torture.start(
                        folder,
                        new Arena.Plan(Torture.shape(SEED), CALLS, 1),
                        new Telling(System.out, ProgressLine.Style.NONE),
                        CLOSING);
    }

    @AfterAll
    static void stop() {
        CLOSING.close();
    }

    private static List<Finding> faultsAfter(Scenario scenario) {
        return torture.run(scenario);
    }

    @Test
    @Order(1)
    void calls_fed_three_times_shuffled_over_eight_streams_leave_the_books_of_one_feed() {
        assertThat(faultsAfter(new TripleFeed())).isEmpty();
    }

    @Test
    @Order(2)
    void clients_that_retry_everything_three_times_are_charged_once() {
        assertThat(faultsAfter(new RetriedThrice())).isEmpty();
    }

    @Test
    @Order(3)
    void the_same_calls_over_eight_streams_in_other_orders_are_charged_once() {
        assertThat(faultsAfter(new EightStreams())).isEmpty();
    }

    @Test
    @Order(4)
    void a_known_id_with_other_content_is_a_conflict_and_changes_nothing() {
        assertThat(faultsAfter(new Conflicts())).isEmpty();
    }

    @Test
    @Order(5)
    void calls_of_months_ago_are_rated_at_the_prices_of_their_time() {
        assertThat(faultsAfter(new BackDated())).isEmpty();
    }

    @Test
    @Order(6)
    void sessions_that_hold_the_heads_of_logs_for_seconds_only_delay() {
        assertThat(faultsAfter(new Stalls())).isEmpty();
    }

    @Test
    @Order(7)
    void no_consumer_waits_for_idle_transactions_or_skips_what_they_hide() {
        assertThat(faultsAfter(new IdleTransactions())).isEmpty();
    }

    @Test
    @Order(8)
    void connections_cut_at_commit_lose_and_double_nothing() {
        assertThat(faultsAfter(new CutCommits())).isEmpty();
    }

    @Test
    @Order(9)
    void services_killed_at_random_moments_lose_and_double_nothing() {
        assertThat(faultsAfter(new ServiceKills())).isEmpty();
    }

    @Test
    @Order(10)
    void a_writer_that_stood_still_beyond_its_lease_is_shut_out() {
        assertThat(faultsAfter(new StoppedWriter())).isEmpty();
    }

    @Test
    @Order(11)
    void counters_are_equal_after_redis_was_killed() {
        assertThat(faultsAfter(new RedisKills())).isEmpty();
    }

    @Test
    @Order(12)
    void postgres_killed_amid_the_feed_loses_and_doubles_nothing() {
        assertThat(faultsAfter(new PostgresKills())).isEmpty();
    }

    @Test
    @Order(13)
    void commits_cut_while_anything_is_killed_lose_and_double_nothing() {
        assertThat(faultsAfter(new Storm())).isEmpty();
    }

    /** The last one, for the system is not to be trusted after it. */
    @Test
    @Order(14)
    void the_checks_name_the_first_thing_that_is_wrong() throws SQLException {
        tamper("update metering.event set payload = payload || '\\x00' where position = 5");
        tamper(
                "update ledger.posting_block set charges[array_position(usage_positions, 7)] ="
                        + " charges[array_position(usage_positions, 7)] + 1e-15"
                        + " where 7 = any (usage_positions)");
        tamper(
                "update ledger.account set debits = debits + 1e-15 where type = 2 and tenant_id = 'tenant-0'");
        tamper("update allocation.cost_hour set calls = calls + 1 where tenant_id = 'tenant-1'");

        List<Finding> faults = torture.check();

        assertThat(faults)
                .extracting(Finding::what)
                .containsExactly(
                        "the usage log is what was acknowledged",
                        "each call is posted once, exactly",
                        "every balance is the sum of the calls",
                        "every line of the roll-up is the sum of its calls",
                        "the books agree with one another",
                        "./meterbook verify");
        assertThat(faults.get(0).detail()).startsWith("position 5: call ");
        assertThat(faults.get(1).detail()).startsWith("call ").contains("(expected: ");
        assertThat(faults.get(2).detail()).startsWith("usage_cost of tenant-0: ");
        assertThat(faults.get(3).detail()).contains(" tenant-1 ", "calls ");
        assertThat(faults.get(5).detail()).startsWith("status 1: ").contains("metering");
    }

    private static void tamper(String sql) throws SQLException {
        try (Connection connection = torture.system().servers().administrator();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }
}
