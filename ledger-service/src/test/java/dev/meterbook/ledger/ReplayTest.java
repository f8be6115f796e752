package dev.meterbook.ledger;

import static dev.meterbook.ledger.LedgerProcess.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.meterbook.proto.ledger.v1.CreateInvoiceDraftRequest;
import dev.meterbook.proto.ledger.v1.CreditKind;
import dev.meterbook.proto.ledger.v1.PayInvoiceRequest;
import dev.meterbook.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The book made anew from the rating log, beside invoices that were issued from it. */
class ReplayTest {

    /** Each table with the columns that vary in their scale, though not in their value. */
    private static final Map<String, String> TABLES = new LinkedHashMap<>();

    static {
        TABLES.put("account", "id, type, tenant_id, contract, currency, d(debits), d(credits)");
        TABLES.put(
                "billable",
                "tenant_id, currency, service_month, kind, provider, model, application, term,"
                        + " calls, input_tokens, output_tokens, d(charge)");
        for (String exact :
                List.of(
                        "tenant_number",
                        "posting_route",
                        "posting",
                        "posting_correction",
                        "settlement",
                        "unpriced_posting",
                        "posting_progress",
                        "invoice",
                        "invoice_line",
                        "invoice_series",
                        "transfer",
                        "tenant_credit",
                        "invoice_credit",
                        "event")) {
            TABLES.put(exact, exact);
        }
    }

    private LedgerProcess ledger;

    @BeforeEach
    void start() throws SQLException {
        ledger = LedgerProcess.fresh();
    }

    @AfterEach
    void stop() {
        ledger.close();
    }

    private Map<String, String> checksums() {
        Map<String, String> checksums = new LinkedHashMap<>();
        TABLES.forEach(
                (table, columns) ->
                        checksums.put(
                                table,
                                String.valueOf(
                                        ledger.text(
                                                "select count(*) || ' ' || md5(string_agg(line, ';'"
                                                        + " order by line)) from (select ("
                                                        + columns.replace("d(", "trim_scale(")
                                                        + ")::text as line from "
                                                        + table
                                                        + ") lines"))));
        return checksums;
    }

    private void replay() {
        long head = ledger.consumer().head();
        ledger.consumer().replay();
        await().until(() -> ledger.consumer().position() == head && !isReplaying());
    }

    private boolean isReplaying() {
        return ledger.text("select replay_until from posting_progress") != null;
    }

    /**
     * Two tenants, several months, late prices, corrections, settled periods, credits, three
     * invoices, one of them paid.
     */
    private void liveForAWhile() {
        ledger.rateAndBook(
                RatedEvent.initial()
                        .priced("acme", 1, "2026-09-03T12:00:00Z", "gpt-4o", "0.1", "0.123456")
                        .priced("acme", 2, "2026-10-03T12:00:00Z", "gpt-4o", "0.2", "0.24")
                        .priced("globex", 3, "2026-09-04T12:00:00Z", "gpt-5", "7", "8.4")
                        .unpriced("acme", 4)
                        .unpriced("globex", 5)
                        .unpriced("globex", 6));
        ledger.settleAndBook(SettledEvent.ofPlan("acme", "2026-09", "floor", "50"));
        ledger.settleAndBook(SettledEvent.ofContract("openai-main", "2026-09", "promise", "12.5"));
        ledger.grant("acme", "prepaid", CreditKind.CREDIT_KIND_PURCHASED, "20", "");
        issue("acme", "september", "2026-09");
        ledger.settleAndBook(SettledEvent.ofPlan("acme", "2026-09", "floor", "-0.36"));
        ledger.rateAndBook(RatedEvent.late().priced("globex", 5, "1.25", "1.5"));
        ledger.rateAndBook(
                RatedEvent.initial()
                        .priced("acme", 7, "2026-09-30T23:59:59Z", "gpt-4o", "0.3", "0.36")
                        .priced("acme", 8, "2026-10-05T12:00:00Z", "gpt-4o", "9", "10.8", "EUR"));
        issue("globex", "october", "2026-10");
        var _ =
                ledger.invoices(OPERATOR)
                        .payInvoice(
                                PayInvoiceRequest.newBuilder()
                                        .setName("tenants/globex/invoices/october")
                                        .build());
        ledger.rateAndBook(RatedEvent.correction().priced("globex", 3, "-0.5", "-0.6"));
        ledger.rateAndBook(RatedEvent.correction().priced("globex", 3, "0.5", "0.6"));
        ledger.rateAndBook(RatedEvent.correction().priced("acme", 1, "0.01", "0.012"));
        issue("acme", "again", "2026-09");
        ledger.rateAndBook(RatedEvent.initial().priced("acme", 9, "0.4", "0.48"));
    }

    private void issue(String tenant, String id, String period) {
        var _ =
                ledger.invoices(OPERATOR)
                        .createInvoiceDraft(
                                CreateInvoiceDraftRequest.newBuilder()
                                        .setParent("tenants/" + tenant)
                                        .setInvoiceId(id)
                                        .setPeriod(period)
                                        .setCurrencyCode("USD")
                                        .build());
        var _ = ledger.issue(tenant, id);
    }

    @Test
    void every_row_is_as_before_with_issued_invoices() {
        liveForAWhile();
        Map<String, String> before = checksums();
        Map<String, String> balances = ledger.balances();

        replay();

        assertThat(checksums()).isEqualTo(before);
        assertThat(ledger.balances()).isEqualTo(balances);
        ledger.assertBooksAreTrue();
        issue("acme", "later", "2026-10");
        ledger.assertBooksAreTrue();
        Map<String, String> later = checksums();
        replay();
        replay();
        assertThat(checksums()).isEqualTo(later);
    }

    @Test
    void damage_is_mended() {
        liveForAWhile();
        Map<String, String> before = checksums();
        ledger.change("delete from posting_block where 7 = any (usage_positions)");
        ledger.change(
                "update posting_block set charges[1] = charges[1] + 1 where 2 = any (usage_positions)");
        ledger.change("update account set debits = debits + 3 where id = 1");
        ledger.change("update billable set calls = calls + 1");
        ledger.change("delete from settlement where term = 'promise'");
        ledger.change("update settlement set amount = amount + 1");
        ledger.change("insert into unpriced_posting values (77, 1, now(), 1, 'acme')");
        assertThat(checksums()).isNotEqualTo(before);

        replay();

        assertThat(checksums()).isEqualTo(before);
    }

    @Test
    void what_was_set_aside_is_tried_again() {
        ledger.rateAndBook(RatedEvent.initial().unpriced("acme", 1));
        long early =
                ledger.rate(
                        RatedEvent.late()
                                .priced("acme", 1, "1", "1.2")
                                .priced("globex", 2, "2", "2.4"));
        await().until(() -> ledger.consumer().position() == early);
        ledger.rateAndBook(
                RatedEvent.initial().unpriced("globex", 2).priced("initech", 3, "much", "1"));
        assertThat(ledger.consumer().deadLetterCount()).isEqualTo(2);
        Instant before = ledger.consumer().deadLetters("initech", 0, 1).getFirst().firstTime();

        replay();

        assertThat(ledger.consumer().deadLetters("-", 0, 9))
                .hasSize(2)
                .allSatisfy(letter -> assertThat(letter.attempts()).isEqualTo(1))
                .allSatisfy(letter -> assertThat(letter.firstTime()).isAfter(before));
        assertThat(ledger.consumer().retryDeadLetters("-")).isEqualTo(1);
        assertThat(ledger.balances())
                .containsEntry("acme/usage_cost.USD", "1")
                .containsEntry("globex/usage_cost.USD", "2");
        ledger.assertBooksAreTrue();
    }

    @Test
    void no_invoice_is_issued_while_the_book_is_not_whole() {
        ledger.rateAndBook(RatedEvent.initial().priced("acme", 1, "1", "1.2"));
        var _ = ledger.draft("acme", "october", "2026-10");
        ledger.change("update posting_progress set replay_until = 2");

        assertThatThrownBy(() -> ledger.issue("acme", "october"))
                .hasMessageContaining("FAILED_PRECONDITION")
                .hasMessageContaining("an invoice of a book that is not being made anew");

        ledger.rateAndBook(RatedEvent.initial().priced("acme", 2, "1", "1.2"));
        await().until(() -> !isReplaying());
        assertThat(ledger.issue("acme", "october").getTotal().getAmount()).isEqualTo("2.4");
    }

    @Test
    void a_replay_of_an_empty_log_ends_at_once() {
        ledger.consumer().replay();

        assertThat(isReplaying()).isFalse();
    }

    @Test
    void the_run_time_role_may_begin_a_replay_but_not_choose_what_goes() throws SQLException {
        ledger.rateAndBook(RatedEvent.initial().priced("acme", 1, "1", "1.2"));
        try (Connection service =
                DriverManager.getConnection(
                        ledger.server().jdbcUrl(),
                        "meterbook_ledger",
                        TestDatabase.SERVICE_PASSWORD)) {
            assertThat(refusal(service, "delete from ledger.posting_block")).isEqualTo("42501");
            assertThat(refusal(service, "truncate ledger.posting_block")).isEqualTo("42501");
            assertThat(refusal(service, "delete from ledger.settlement")).isEqualTo("42501");
            assertThat(refusal(service, "set role meterbook_ledger_owner")).isEqualTo("42501");
        }
        try (Connection other =
                DriverManager.getConnection(
                        ledger.server().jdbcUrl(),
                        "meterbook_pricing",
                        TestDatabase.SERVICE_PASSWORD)) {
            assertThat(refusal(other, "select ledger.begin_replay(0)")).isEqualTo("42501");
        }
    }

    private static @Nullable String refusal(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return null;
        } catch (SQLException refused) {
            return refused.getSQLState();
        }
    }
}
