package dev.meterbook.allinone.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meterbook.allinone.demo.Demo;
import dev.meterbook.allinone.demo.ProgressLine;
import dev.meterbook.allinone.system.ClosingOrder;
import dev.meterbook.allinone.system.CommandFailure;
import dev.meterbook.allinone.system.DataFolder;
import dev.meterbook.allinone.system.OneProcess;
import dev.meterbook.allinone.system.Ports;
import dev.meterbook.allinone.system.Secrets;
import dev.meterbook.allinone.system.Service;
import dev.meterbook.allinone.system.SystemSettings;
import dev.meterbook.testing.PostgresFixture;
import dev.meterbook.testing.RedisFixture;
import dev.meterbook.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a superuser does to the data of a demo is found, and the first of it named. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TamperTest {

    /** Who may change everything, past every constraint. */
    private static final String AS_SUPERUSER =
            "set session_replication_role = replica; set search_path = ";

    private final TestDatabase original = PostgresFixture.freshDatabase();
    private final TestDatabase administration = PostgresFixture.freshDatabase();
    private final List<Anchor> checkpoints = new ArrayList<>();
    private Secrets secrets;
    private int copies;
    private String copy = "";

    private static final class Quiet implements Demo.Listener, Verification.Listener {
        @Override
        public ProgressLine playing(String workload, long steps) {
            return new ProgressLine(System.out, ProgressLine.Style.NONE, "calls", steps);
        }

        @Override
        public void played(long calls, long callsPerSecond) {}

        @Override
        public LongConsumer checking(String what, long events) {
            return checked -> {};
        }

        @Override
        public void found(Finding finding) {}
    }

    @BeforeAll
    void play(@TempDir Path folder) {
        DataFolder data = new DataFolder(folder);
        try (RedisFixture redis = RedisFixture.start();
                ClosingOrder closing = new ClosingOrder()) {
            Map<String, String> environment =
                    Map.of(
                            "METERBOOK_POSTGRES_URL", original.jdbcUrl(),
                            "METERBOOK_POSTGRES_ADMIN_USER", original.user(),
                            "METERBOOK_POSTGRES_ADMIN_PASSWORD", original.password(),
                            "METERBOOK_REDIS_URL", redis.uri());
            SystemSettings settings =
                    new SystemSettings(data, Ports.shared("127.0.0.1", 0, 0), environment);
            secrets = settings.secrets();
            var _ =
                    Demo.ofGeneratedCalls(400, 7)
                            .run(OneProcess.start(settings, closing), data, new Quiet());
        }
        for (Service service : Service.values()) {
            checkpoints.addAll(Anchor.ofCheckpoints(data.checkpoints(Map.of()), service.id()));
        }
    }

    @AfterAll
    void drop() throws SQLException {
        if (!copy.isEmpty()) {
            administer("drop database " + copy);
        }
    }

    private void administer(String sql) throws SQLException {
        try (Connection connection = administration.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String copyUrl() {
        return original.jdbcUrl().replace(original.name(), copy);
    }

    /** A fresh copy of the data, changed by a superuser. */
    private void tamper(String schema, String... changes) throws SQLException {
        if (!copy.isEmpty()) {
            administer("drop database " + copy);
        }
        copies++;
        copy = original.name() + "_" + copies;
        administer("create database " + copy + " template " + original.name());
        try (Connection superuser =
                        DriverManager.getConnection(
                                copyUrl(), original.user(), original.password());
                Statement statement = superuser.createStatement()) {
            statement.execute(AS_SUPERUSER + schema);
            for (String change : changes) {
                assertThat(statement.executeUpdate(change)).as(change).isPositive();
            }
        }
    }

    private Optional<String> firstWrong(List<Anchor> anchors) {
        return new Verification(copyUrl(), secrets, anchors)
                .run(new Quiet()).stream()
                        .filter(finding -> !finding.holds())
                        .findFirst()
                        .map(finding -> finding.what() + ": " + finding.detail());
    }

    private String firstWrong() {
        return firstWrong(List.of()).orElse("nothing");
    }

    private long number(String sql) throws SQLException {
        return Long.parseLong(text(sql));
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = original.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** The batch in the middle of a log, as "first to last". */
    private String middleBatch(String log) throws SQLException {
        return text(
                "select first_position || ' to ' || last_position from %1$s.event_batch order by last_position offset (select count(*) / 2 from %1$s.event_batch) limit 1"
                        .formatted(log));
    }

    private static long first(String batch) {
        return Long.parseLong(batch.split(" to ", 2)[0]);
    }

    @Test
    void untouched_data_hold_and_agree_with_every_checkpoint() throws SQLException {
        tamper("metering", "update shard_head set position = position");

        assertThat(checkpoints).extracting(Anchor::log).contains("metering", "pricing", "ledger");
        assertThat(firstWrong(checkpoints)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"metering", "pricing", "ledger", "allocation", "budget", "gateway"})
    void a_byte_of_a_payload(String log) throws SQLException {
        String batch = middleBatch(log);
        tamper(
                log,
                "update event set payload = set_byte(payload, length(payload) / 2,"
                        + " get_byte(payload, length(payload) / 2) # 1) where position = "
                        + first(batch));

        assertThat(firstWrong())
                .isEqualTo(log + " log: batch " + batch + ": its hash is not that of its content");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tenant_id = 'other'|its hash is not that of its content",
                "event_key = gen_random_uuid()|its hash is not that of its content",
                "record_time = record_time + interval '1 microsecond'|has another record time",
                "event_type = (select min(t.id) from event_type t where t.id <> event.event_type)|its hash is not that of its content",
                "metadata = '\\x01'|its hash is not that of its content",
                "aggregate_id = 'other'|its hash is not that of its content",
                "sequence = sequence + 1000|its hash is not that of its content",
                "position = position + 100000|is missing"
            })
    void any_column_of_an_event(String change, String named) throws SQLException {
        String batch = middleBatch("ledger");
        tamper("ledger", "update event set " + change + " where position = " + first(batch));

        assertThat(firstWrong()).startsWith("ledger log: batch " + batch + ": ").endsWith(named);
    }

    @ParameterizedTest
    @CsvSource({"7, 1", "1, 7"})
    void a_correction_that_was_never_made(long call, long rating) throws SQLException {
        tamper("pricing", "insert into corrected_call values (%d, %d, 0)".formatted(call, rating));

        assertThat(firstWrong())
                .isEqualTo(
                        "every metered call was rated once: call %d is said to be corrected at [%d], which does not"
                                .formatted(call, rating));
    }

    @Test
    void a_deleted_batch() throws SQLException {
        String batch = middleBatch("metering");
        String of = " where position between " + batch.replace(" to ", " and ");
        tamper(
                "metering",
                "delete from event" + of,
                "delete from event_batch" + of.replace("where position", "where last_position"));

        assertThat(firstWrong())
                .matches(
                        "metering log: batch \\d+ to \\d+: does not follow position "
                                + (first(batch) - 1));
    }

    @Test
    void the_events_of_a_deleted_batch() throws SQLException {
        String batch = middleBatch("metering");
        tamper("metering", "delete from event where position = " + first(batch));

        assertThat(firstWrong())
                .isEqualTo(
                        "metering log: batch " + batch + ": event " + first(batch) + " is missing");
    }

    /** Two events of one size, with their batch rows' times and hashes. */
    @Test
    void two_swapped_batches() throws SQLException {
        tamper(
                "gateway",
                "update event set position = 1000005 - position where position in (2, 3)",
                "update event set position = position - 1000000 where position > 1000000",
                """
                update event_batch b set chain_hash = o.chain_hash, record_time = o.record_time
                from event_batch o
                where (b.last_position, o.last_position) in ((2, 3), (3, 2))
                """);

        assertThat(firstWrong())
                .isEqualTo("gateway log: batch 2 to 2: its hash is not that of its content");
    }

    private void truncateTail(String log) throws SQLException {
        String batch = middleBatch(log);
        tamper(
                log,
                "delete from event where position >= " + first(batch),
                "delete from event_batch where last_position >= " + first(batch),
                """
                update shard_head set (position, chain_hash) =
                    (select last_position, chain_hash from event_batch
                     order by last_position desc limit 1)
                """);
    }

    @Test
    void a_truncated_tail_is_known_to_a_checkpoint() throws SQLException {
        truncateTail("gateway");
        assertThat(firstWrong()).isEqualTo("nothing");

        assertThat(firstWrong(checkpoints).orElse("nothing"))
                .startsWith("gateway log: its tail is missing: it ends at ")
                .contains("but the checkpoint of 2")
                .endsWith("in gateway.checkpoints knows position " + head("gateway"));
    }

    private long head(String log) throws SQLException {
        return number("select position from " + log + ".shard_head");
    }

    @Test
    void a_truncated_tail_is_known_to_a_receipt() throws SQLException {
        truncateTail("metering");
        String receipt =
                "0:%d:%s"
                        .formatted(
                                head("metering"),
                                text("select encode(chain_hash, 'hex') from metering.shard_head"));

        assertThat(firstWrong(List.of(Anchor.ofReceipt(receipt))).orElse("nothing"))
                .startsWith("metering log: its tail is missing: it ends at ")
                .endsWith("but the receipt " + receipt + " knows position " + head("metering"));
        // And the ratings know it too.
        assertThat(firstWrong()).contains("names calls that were not metered");
    }

    @Test
    void a_chain_that_was_rewritten_is_known_to_a_receipt() throws SQLException {
        String batch = middleBatch("metering");
        tamper("metering", "update shard_head set position = position");
        String rewritten = "0:" + first(batch) + ":" + HexFormat.of().formatHex(new byte[32]);

        assertThat(firstWrong(List.of(Anchor.ofReceipt(rewritten))).orElse("nothing"))
                .isEqualTo(
                        "metering log: batch "
                                + batch
                                + ": it was rewritten: its hash is not that of the receipt "
                                + rewritten);
    }

    @Test
    void a_head_that_was_moved() throws SQLException {
        tamper("budget", "update shard_head set position = position + 1");

        assertThat(firstWrong())
                .isEqualTo("budget log: its head is not the end of the chain at " + head("budget"));
    }

    @Test
    void the_amount_of_a_posting() throws SQLException {
        tamper(
                "ledger",
                "update posting_block set charges[n] = charges[n] + 1"
                        + " from generate_series(1, 64) n where usage_positions[n] = 17");

        assertThat(firstWrong())
                .matches(
                        "every rated call is posted once: rating log, position \\d+: call 17 is"
                                + " posted as: .* \\(expected: .*\\)");
    }

    @Test
    void a_deleted_posting() throws SQLException {
        tamper(
                "ledger",
                "update posting_block set "
                        + Stream.of(
                                        "usage_positions",
                                        "rating_positions",
                                        "occur_times",
                                        "routes",
                                        "costs",
                                        "charges")
                                .map(c -> c + " = " + c + "[:n - 1] || " + c + "[n + 1:]")
                                .collect(Collectors.joining(", "))
                        + " from generate_series(1, 64) n where usage_positions[n] = 17");

        assertThat(firstWrong())
                .matches(
                        "every rated call is posted once: rating log, position \\d+: call 17 of"
                                + " \\w+ is not posted .*");
    }

    @Test
    void a_deleted_block_of_postings() throws SQLException {
        tamper("ledger", "delete from posting_block where usage_positions @> array[17::bigint]");

        assertThat(firstWrong())
                .matches(
                        "every rated call is posted once: rating log, position \\d+: call \\d+ of"
                                + " \\w+ is not posted .*");
    }

    @Test
    void a_posting_of_no_call() throws SQLException {
        tamper(
                "ledger",
                "insert into posting_block (first_occur_time, last_occur_time, tenant_no,"
                        + " usage_positions, rating_positions, occur_times, routes, costs, charges)"
                        + " select occur_time, occur_time, tenant_no, array[usage_position + 100000],"
                        + " array[rating_position], array[occur_time], array[route], array[0], array[0]"
                        + " from posting where usage_position = 17");

        assertThat(firstWrong()).endsWith("call 100017 is posted, but not rated there");
    }

    @Test
    void a_balance() throws SQLException {
        tamper(
                "ledger",
                "update account set debits = debits + 5, credits = credits + 5 where id = 2");

        assertThat(firstWrong())
                .startsWith("the accounts are the sums of the journal: account 2 (");
    }

    @Test
    void what_is_to_be_invoiced() throws SQLException {
        tamper(
                "ledger",
                "update account set debits = debits where id = 1",
                "insert into billable values (1, 1, 1, 0.5, '2026-01-01', 'acme', 'USD', 'p', 'm',"
                        + " 'a')");

        assertThat(firstWrong())
                .startsWith("what is to be invoiced is what is unbilled: acme USD: unbilled ");
    }

    @Test
    void a_row_of_the_roll_up() throws SQLException {
        tamper(
                "allocation",
                "update cost_hour set output_tokens = output_tokens + 1"
                        + " where ctid = (select min(ctid) from cost_hour)");

        assertThat(firstWrong()).startsWith("the roll-up is the ratings: roll-up of Cell[hour=");
    }

    @Test
    void a_removed_rating() throws SQLException {
        long position =
                number(
                        "select min(position) from pricing.event e join pricing.event_type t"
                                + " on t.id = e.event_type where t.name = 'pricing.UsageRated'");
        tamper("pricing", "delete from event where position = " + position);

        assertThat(firstWrong())
                .matches("pricing log: batch \\d+ to \\d+: event " + position + " is missing");
    }

    @Test
    void what_is_no_receipt_is_refused() {
        assertThatThrownBy(() -> Anchor.ofReceipt("0:17:abc"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("receipt: 0:17:abc (expected: SHARD:POSITION:HASH");
        assertThat(Anchor.ofReceipt("0:1:Y0W7GT9CuvxkyGGYhixA+2PKkDmfQ8jpu3Tsh1oFris=").chainHash())
                .hasSize(64);
    }
}
