package dev.meterbook.gateway.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.gateway.GatewayFixture;
import dev.meterbook.gateway.TestClient;
import dev.meterbook.gateway.TestClient.Answer;
import dev.meterbook.proto.ledger.v1.InvoiceState;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortalPagesTest {

    private static final String PASSWORD = "correct horse battery";
    private static final GatewayFixture GATEWAY = GatewayFixture.start();
    private static final TestClient ANN = GATEWAY.client();
    private static final TestClient BILL = GATEWAY.client();

    @BeforeAll
    static void people() {
        GATEWAY.createUser("ann", "acme", "PORTAL_ROLE_TENANT_VIEWER", PASSWORD);
        GATEWAY.createUser("bill", "", "PORTAL_ROLE_OPERATOR_ADMIN", PASSWORD);
        ANN.signIn("ann", PASSWORD);
        BILL.signIn("bill", PASSWORD);
    }

    @BeforeEach
    void reset() {
        GATEWAY.services().reset();
    }

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @Test
    void shows_a_tenant_what_it_owes_and_for_what() {
        String page = ANN.get("/portal").body();

        assertThat(page)
                .contains(
                        "$1,234.57", "title=\"$1,234.5678\"", "28,188", "3 calls wait for a price")
                .contains("gpt-4.1", "49.6 %", "support-chat", "64.0 %")
                .contains("monthly", "49.38 %", "downgrades to gpt-4.1-mini")
                .contains("INV-2026-000002", "data-chart");
    }

    @Test
    void shows_the_billing_team_costs_and_margins() {
        String page = BILL.get("/console").body();

        assertThat(page)
                .contains("$1,234.57", "$987.65", "$246.91", "20.0 %")
                .contains("Acme Corporation", "no calls in this period", "suspended")
                .contains("The ledger balances", "mistral-experimental-7", "INV-2026-000001");
    }

    @Test
    void says_loudly_that_the_ledger_does_not_balance() {
        GATEWAY.services().ledger().unbalance();

        assertThat(BILL.get("/console/ledger").body())
                .contains("The ledger does NOT balance", "−$0.01");
    }

    @Test
    void explains_the_price_of_a_call() {
        String tenant = ANN.get("/portal/call?id=call-1").body();
        String operator = BILL.get("/console/tenants/acme/call?id=call-1").body();

        assertThat(tenant)
                .contains("Input tokens", "1,234", "× $2.50 / 1M", "= $0.003085", "$0.0039105")
                .contains("u-4711", "812 ms");
        assertThat(operator)
                .contains("openai-2026", "25 %", "× $2.00 / 1M", "= $0.002468", "$0.0031284")
                .contains("same amounts as booked");
    }

    @Test
    void exports_exact_amounts_as_csv() {
        Answer tenant = ANN.get("/portal/usage.csv?by=model&period=this-month");
        Answer operator = BILL.get("/console/tenants/acme/usage.csv?by=application&period=7-days");

        assertThat(tenant.header("content-type")).startsWith("text/csv");
        assertThat(tenant.header("content-disposition"))
                .startsWith("attachment; filename=\"usage-acme-");
        assertThat(tenant.body())
                .startsWith(
                        """
                        model,calls,unpriced_calls,input_tokens,cached_tokens,output_tokens,charge,charge_currency\r
                        gpt-4.1,9000,0,40421844,1200000,4334561,612.4078,USD\r
                        """);
        assertThat(operator.body())
                .contains(
                        "billed_cost,cost_currency",
                        "support-chat,9000,0,40421844,1200000,4334561,790.1278,USD,632.10224,USD");
    }

    @Test
    void drafts_issues_and_marks_an_invoice_as_paid() {
        String token = BILL.get("/console/invoices").token();
        Answer drafted =
                BILL.form(
                        "/console/invoices",
                        Map.of("csrf", token, "tenant", "globex", "period", "2026-11"));
        String address = "/console/tenants/globex/invoices/2026-11";
        Answer draft = BILL.get(address);
        Answer question = BILL.get(address + "?question=issue");
        Answer issued = BILL.form(address + "/issue", Map.of("csrf", token));
        Answer invoice = BILL.get(address + "?done=issued");
        BILL.form(address + "/pay", Map.of("csrf", token));

        assertThat(drafted.header("location")).isEqualTo(address + "?done=drafted");
        assertThat(draft.body()).contains("draft", "Issue…", "$612.4078", "$612.41", "$1,234.57");
        assertThat(question.body()).contains("Issue this invoice for $1,234.57 to globex?");
        assertThat(issued.header("location")).isEqualTo(address + "?done=issued");
        assertThat(invoice.body()).contains("Issued as INV-2026-000003 and booked.");
        assertThat(
                        GATEWAY.services()
                                .ledger()
                                .invoice("tenants/globex/invoices/2026-11")
                                .getState())
                .isEqualTo(InvoiceState.INVOICE_STATE_PAID);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 2026-11, Choose a tenant.",
        "acme, november, 'Choose a month, such as 2026-11.'",
        "acme, 2026-10, invoice_id: taken"
    })
    void says_why_a_draft_cannot_be_made(String tenant, String period, String text) {
        String token = BILL.get("/console/invoices").token();

        Answer answer =
                BILL.form(
                        "/console/invoices",
                        Map.of("csrf", token, "tenant", tenant, "period", period));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains(text);
    }

    @Test
    void shows_what_credits_paid_and_what_is_due() {
        String address = "/console/tenants/acme/invoices/2026-10";
        Answer paidInPart = ANN.get("/portal/invoices/2026-10");

        assertThat(paidInPart.body())
                .contains("Credits applied", "$234.57", "Amount due", "$1,000.00");
        assertThat(BILL.get(address + "?question=pay").body())
                .contains("Was $1,000.00 received from acme?");
        assertThat(ANN.get("/portal/invoices/2026-09").body()).doesNotContain("Credits applied");
    }

    @Test
    void hands_out_invoices_as_files() {
        Answer pdf = ANN.get("/portal/invoices/2026-10/file/pdf");
        Answer csv = ANN.get("/portal/invoices/2026-10/file/csv");

        assertThat(pdf.header("content-type")).isEqualTo("application/pdf");
        assertThat(pdf.header("content-disposition"))
                .isEqualTo("attachment; filename=\"INV-2026-000002.pdf\"");
        assertThat(pdf.body()).startsWith("%PDF-1.7");
        assertThat(csv.header("content-type")).isEqualTo("text/csv");
        assertThat(ANN.get("/portal/invoices/2026-10/file/exe").status()).isEqualTo(404);
    }

    @Test
    void issues_and_revokes_keys() {
        String token = BILL.get("/console/keys").token();
        Answer issued =
                BILL.form(
                        "/console/keys",
                        Map.of(
                                "csrf",
                                token,
                                "tenant",
                                "acme",
                                "SCOPE_READ",
                                "on",
                                "key_id",
                                "bykeyform"));
        Answer none = BILL.form("/console/keys", Map.of("csrf", token, "tenant", "acme"));
        Answer question = BILL.get("/console/keys?revoke=bykeyform");
        Answer revoked = BILL.form("/console/keys/bykeyform/revoke", Map.of("csrf", token));

        assertThat(issued.body()).contains("mb_bykeyform_", "shown this once");
        assertThat(none.status()).isEqualTo(422);
        assertThat(none.body()).contains("at least one scope");
        assertThat(question.body()).contains("Revoke now").doesNotContain("mb_bykeyform_");
        assertThat(revoked.status()).isEqualTo(303);
        assertThat(BILL.get("/console/keys").body()).contains("revoked").doesNotContain("portal0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console",
                "/console/invoices",
                "/console/unpriced",
                "/console/ledger",
                "/console/contracts",
                "/console/contracts/openai-2026",
                "/console/budgets",
                "/console/keys",
                "/console/tenants/acme",
                "/console/tenants/acme/usage?by=none&step=hour&period=24-hours",
                "/console/tenants/acme/usage?model=gpt-4.1&period=custom&from=2026-11-01&to=2026-11-05",
                "/console/tenants/acme/calls?show=unpriced",
                "/console/tenants/acme/calls?period=all",
                "/console/tenants/acme/budgets",
                "/console/tenants/acme/invoices"
            })
    void every_page_shows_with_data_without_data_and_without_services(String path) {
        Answer full = BILL.get(path);
        GATEWAY.services().empty();
        Answer empty = BILL.get(path);
        GATEWAY.services().reset();
        for (String service :
                new String[] {
                    "allocation.v1.AllocationService",
                    "allocation.v1.DirectoryService",
                    "budget.v1.BudgetService",
                    "ledger.v1.LedgerService",
                    "ledger.v1.InvoiceService",
                    "pricing.v1.PricingService",
                    "metering.v1.MeteringService"
                }) {
            GATEWAY.services().fail("meterbook." + service);
        }
        Answer away = BILL.get(path);

        assertThat(full.status()).isEqualTo(200);
        assertThat(empty.status()).isEqualTo(200);
        assertThat(away.status()).isIn(200, 503);
        assertThat(away.body()).doesNotContain("Exception", "\tat ", "io.grpc");
        if (!path.equals("/console/keys")) {
            assertThat(away.body()).containsAnyOf("not reachable", "the service is away");
            assertThat(away.body()).contains("Try again");
        }
    }

    @Test
    void shows_other_panels_when_one_service_is_away() {
        GATEWAY.services().fail("meterbook.budget.v1.BudgetService");

        String page = ANN.get("/portal").body();

        assertThat(page).contains("Budgets cannot be shown now", "$1,234.57", "INV-2026-000002");
    }

    @Test
    void says_what_is_not_there() {
        Answer unknown = ANN.get("/portal/nothing");
        Answer invoice = ANN.get("/portal/invoices/2020-01");
        Answer tenant = BILL.get("/console/tenants/A%20b");
        Answer call = ANN.get("/portal/call");

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.body()).contains("There is no such page.");
        assertThat(invoice.status()).isEqualTo(404);
        assertThat(invoice.body()).contains("There is no such thing, or it is not yours to see.");
        assertThat(tenant.status()).isEqualTo(404);
        assertThat(call.status()).isEqualTo(400);
    }

    @Test
    void escapes_what_callers_chose() {
        assertThat(ANN.get("/portal/call?id=%3Cscript%3Ealert(1)%3C/script%3E").body())
                .contains("&lt;script&gt;")
                .doesNotContain("<script>alert");
    }
}
