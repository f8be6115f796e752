package dev.meterbook.ledger;

import static dev.meterbook.ledger.LedgerProcess.ACME;
import static dev.meterbook.ledger.LedgerProcess.GLOBEX;
import static dev.meterbook.ledger.LedgerProcess.OPERATOR;
import static dev.meterbook.ledger.LedgerProcess.READER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.meterbook.proto.ledger.v1.Account;
import dev.meterbook.proto.ledger.v1.CreateInvoiceDraftRequest;
import dev.meterbook.proto.ledger.v1.CreditKind;
import dev.meterbook.proto.ledger.v1.GetAccountRequest;
import dev.meterbook.proto.ledger.v1.GetInvoiceRequest;
import dev.meterbook.proto.ledger.v1.GetTrialBalanceRequest;
import dev.meterbook.proto.ledger.v1.IssueInvoiceRequest;
import dev.meterbook.proto.ledger.v1.ListAccountsRequest;
import dev.meterbook.proto.ledger.v1.ListInvoicesRequest;
import dev.meterbook.proto.ledger.v1.ListPostingsRequest;
import dev.meterbook.proto.ledger.v1.ListTransfersRequest;
import dev.meterbook.testing.TestDatabase;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may see and do what; who cannot, whatever the code says. */
class AccessTest {

    private static LedgerProcess ledger;

    @BeforeAll
    static void start() throws SQLException {
        ledger = LedgerProcess.fresh();
        ledger.rateAndBook(
                RatedEvent.initial()
                        .priced("acme", 1, "1", "1.2")
                        .priced("globex", 2, "2", "2.4")
                        .unpriced("globex", 3));
        ledger.settleAndBook(SettledEvent.ofPlan("globex", "2026-11", "floor", "5"));
        ledger.settleAndBook(SettledEvent.ofContract("openai-main", "2026-10", "promise", "9"));
        ledger.grant("globex", "welcome", CreditKind.CREDIT_KIND_PROMOTIONAL, "1", "");
        ledger.draft("acme", "october", "2026-10");
        ledger.issue("acme", "october");
        ledger.draft("globex", "october", "2026-10");
        ledger.issue("globex", "october");
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    private static Status.Code refusal(ThrowingCallable call) {
        return catchThrowableOfType(StatusRuntimeException.class, call).getStatus().getCode();
    }

    private static ListAccountsRequest accounts(String parent) {
        return ListAccountsRequest.newBuilder().setParent(parent).build();
    }

    private static ListTransfersRequest transfers(String parent) {
        return ListTransfersRequest.newBuilder().setParent(parent).build();
    }

    @Test
    void a_tenant_sees_its_own_accounts() {
        List<Account> accounts =
                ledger.ledger(ACME).listAccounts(accounts("tenants/acme")).getAccountsList();

        assertThat(accounts)
                .extracting(it -> it.getName() + " " + it.getBalance().getAmount())
                .containsExactlyInAnyOrder(
                        "tenants/acme/accounts/usage_cost.USD 1",
                        "tenants/acme/accounts/unbilled_receivable.USD 0",
                        "tenants/acme/accounts/chargeback_revenue.USD 1.2",
                        "tenants/acme/accounts/billed_receivable.USD 1.2");
        assertThat(
                        ledger.ledger(ACME)
                                .getAccount(
                                        GetAccountRequest.newBuilder()
                                                .setName("tenants/acme/accounts/usage_cost.USD")
                                                .build())
                                .getDebits()
                                .getAmount())
                .isEqualTo("1");
    }

    @Test
    void a_tenant_does_not_see_what_is_anothers() {
        assertThat(refusal(() -> ledger.ledger(ACME).listAccounts(accounts("tenants/globex"))))
                .isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(refusal(() -> ledger.ledger(ACME).listAccounts(accounts("tenants/-"))))
                .isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(refusal(() -> ledger.ledger(ACME).listAccounts(accounts("operator"))))
                .isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(refusal(() -> ledger.ledger(ACME).listTransfers(transfers("operator"))))
                .isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(refusal(() -> ledger.ledger(ACME).listTransfers(transfers("tenants/globex"))))
                .isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(
                        refusal(
                                () ->
                                        ledger.ledger(ACME)
                                                .getTrialBalance(
                                                        GetTrialBalanceRequest
                                                                .getDefaultInstance())))
                .isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(
                        refusal(
                                () ->
                                        ledger.invoices(GLOBEX)
                                                .getInvoice(
                                                        GetInvoiceRequest.newBuilder()
                                                                .setName(
                                                                        "tenants/acme/invoices/october")
                                                                .build())))
                .isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(
                        refusal(
                                () ->
                                        ledger.invoices(ACME)
                                                .listInvoices(
                                                        ListInvoicesRequest.newBuilder()
                                                                .setParent("tenants/-")
                                                                .build())))
                .isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    @Test
    void a_tenant_does_not_learn_the_operators_account() {
        var posting =
                ledger.ledger(ACME)
                        .listPostings(
                                ListPostingsRequest.newBuilder().setParent("tenants/acme").build())
                        .getPostings(0);

        assertThat(posting.getCost().getAmount()).isEqualTo("1");
        assertThat(posting.getTransfers(0).getDebitAccount())
                .isEqualTo("tenants/acme/accounts/usage_cost.USD");
        assertThat(posting.getTransfers(0).getCreditAccount()).isEmpty();
    }

    @Test
    void only_an_operator_with_scope_admin_drafts_and_issues() {
        CreateInvoiceDraftRequest draft =
                CreateInvoiceDraftRequest.newBuilder()
                        .setParent("tenants/acme")
                        .setInvoiceId("mine")
                        .setPeriod("2026-10")
                        .build();
        IssueInvoiceRequest issue =
                IssueInvoiceRequest.newBuilder().setName("tenants/acme/invoices/october").build();

        assertThat(refusal(() -> ledger.invoices(ACME).createInvoiceDraft(draft)))
                .isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(refusal(() -> ledger.invoices(ACME).issueInvoice(issue)))
                .isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(refusal(() -> ledger.invoices(READER).createInvoiceDraft(draft)))
                .isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(refusal(() -> ledger.invoices(READER).issueInvoice(issue)))
                .isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    @Test
    void an_operator_sees_all() {
        assertThat(ledger.ledger(READER).listAccounts(accounts("tenants/-")).getAccountsCount())
                .isEqualTo(12);
        assertThat(ledger.ledger(READER).listAccounts(accounts("operator")).getAccountsList())
                .extracting(Account::getName)
                .containsExactly(
                        "operator/accounts/provider_payable.openai-main.USD",
                        "operator/accounts/commitment_shortfall.openai-main.USD",
                        "operator/accounts/promotional_credit.USD");
        assertThat(
                        ledger.invoices(OPERATOR)
                                .listInvoices(
                                        ListInvoicesRequest.newBuilder()
                                                .setParent("tenants/-")
                                                .build())
                                .getInvoicesCount())
                .isEqualTo(2);
    }

    @Test
    void bad_names_pages_and_times_are_refused() {
        assertThat(refusal(() -> ledger.ledger(READER).listAccounts(accounts("acme"))))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(
                        refusal(
                                () ->
                                        ledger.ledger(READER)
                                                .listAccounts(
                                                        accounts("tenants/acme").toBuilder()
                                                                .setPageToken("nonsense")
                                                                .build())))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(
                        refusal(
                                () ->
                                        ledger.ledger(READER)
                                                .listAccounts(
                                                        accounts("tenants/acme").toBuilder()
                                                                .setPageSize(-1)
                                                                .build())))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(
                        refusal(
                                () ->
                                        ledger.ledger(READER)
                                                .getAccount(
                                                        GetAccountRequest.newBuilder()
                                                                .setName(
                                                                        "tenants/acme/accounts/gold.USD")
                                                                .build())))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(
                        refusal(
                                () ->
                                        ledger.ledger(READER)
                                                .getAccount(
                                                        GetAccountRequest.newBuilder()
                                                                .setName(
                                                                        "tenants/acme/accounts/rounding.EUR")
                                                                .build())))
                .isEqualTo(Status.Code.NOT_FOUND);
    }

    private static void asService(String sql) throws SQLException {
        try (Connection connection =
                        ledger.server()
                                .connectAs("meterbook_ledger", TestDatabase.SERVICE_PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute("set search_path = ledger");
            statement.execute(sql);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update posting_block set costs = charges",
                "delete from posting_block",
                "truncate posting_block",
                "update posting_block_shard_0 set costs = charges",
                "delete from posting_block_shard_0",
                "select from posting_block_shard_0",
                "insert into posting_block (tenant_no) values (1)",
                "update posting_correction set cost = 0",
                "delete from posting_correction",
                "update posting_route set cost_debit = cost_credit",
                "update settlement set amount = 1",
                "delete from settlement",
                "truncate settlement",
                "update transfer set amount = 1",
                "update tenant_credit set amount = 1",
                "update tenant_credit set expire_time = null",
                "delete from tenant_credit",
                "update invoice_credit set amount = 1",
                "delete from invoice_credit",
                "delete from transfer",
                "update invoice_line set amount = 0",
                "delete from invoice_line",
                "delete from invoice",
                "update invoice set currency = 'EUR'",
                "delete from account",
                "update account set tenant_id = 'globex'",
                "update unpriced_posting set reason = 1",
                "delete from invoice_series",
                "update event set payload = ''",
                "delete from event"
            })
    void the_run_time_role_cannot_change_what_was_booked(String sql) {
        assertThatThrownBy(() -> asService(sql))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getSQLState()).isEqualTo("42501"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "account",
                "tenant_number",
                "posting_route",
                "unpriced_posting",
                "settlement",
                "billable",
                "invoice",
                "invoice_line",
                "invoice_credit",
                "tenant_credit",
                "transfer"
            })
    void row_level_security_hides_what_is_anothers(String table) throws SQLException {
        try (Connection connection =
                        ledger.server()
                                .connectAs("meterbook_ledger", TestDatabase.SERVICE_PASSWORD);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set search_path = ledger");
            statement.execute("set local role meterbook_ledger_reader");
            assertThat(count(statement, table)).isZero();
            statement.execute("set local meterbook.tenant = 'acme'");
            assertThat(count(statement, table + " where tenant_id <> 'acme'")).isZero();
        }
    }

    @Test
    void row_level_security_hides_the_postings_of_others() throws SQLException {
        try (Connection connection =
                        ledger.server()
                                .connectAs("meterbook_ledger", TestDatabase.SERVICE_PASSWORD);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set search_path = ledger");
            assertThat(count(statement, "posting")).isEqualTo(2);
            statement.execute("set local role meterbook_ledger_reader");
            assertThat(count(statement, "posting")).isZero();
            statement.execute("set local meterbook.tenant = 'acme'");
            assertThat(count(statement, "posting")).isEqualTo(1);
        }
    }

    private static int count(Statement statement, String from) throws SQLException {
        try (ResultSet row = statement.executeQuery("select count(*) from " + from)) {
            row.next();
            return row.getInt(1);
        }
    }
}
