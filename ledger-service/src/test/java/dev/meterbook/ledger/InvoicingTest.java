package dev.meterbook.ledger;

import static dev.meterbook.ledger.LedgerProcess.ACME;
import static dev.meterbook.ledger.LedgerProcess.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.api.HttpBody;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.JsonFormat;
import dev.meterbook.proto.ledger.v1.CreateInvoiceDraftRequest;
import dev.meterbook.proto.ledger.v1.DownloadInvoiceRequest;
import dev.meterbook.proto.ledger.v1.GetInvoiceRequest;
import dev.meterbook.proto.ledger.v1.Invoice;
import dev.meterbook.proto.ledger.v1.InvoiceFormat;
import dev.meterbook.proto.ledger.v1.InvoiceLine;
import dev.meterbook.proto.ledger.v1.InvoiceState;
import dev.meterbook.proto.ledger.v1.ListInvoicesRequest;
import dev.meterbook.proto.ledger.v1.ListTransfersRequest;
import dev.meterbook.proto.ledger.v1.PayInvoiceRequest;
import dev.meterbook.proto.ledger.v1.Transfer;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;

class InvoicingTest {

    private LedgerProcess ledger;

    @BeforeEach
    void start() throws SQLException {
        ledger = LedgerProcess.fresh();
    }

    @AfterEach
    void stop() {
        ledger.close();
    }

    private static StatusRuntimeException refusal(ThrowingCallable call) {
        return catchThrowableOfType(StatusRuntimeException.class, call);
    }

    private Invoice get(String tenant, String id) {
        return ledger.invoices(OPERATOR)
                .getInvoice(
                        GetInvoiceRequest.newBuilder()
                                .setName("tenants/" + tenant + "/invoices/" + id)
                                .build());
    }

    private Invoice pay(String tenant, String id) {
        return ledger.invoices(OPERATOR)
                .payInvoice(
                        PayInvoiceRequest.newBuilder()
                                .setName("tenants/" + tenant + "/invoices/" + id)
                                .build());
    }

    private HttpBody download(String tenant, String id, InvoiceFormat format) {
        return ledger.invoices(ACME)
                .downloadInvoice(
                        DownloadInvoiceRequest.newBuilder()
                                .setName("tenants/" + tenant + "/invoices/" + id)
                                .setFormat(format)
                                .build());
    }

    private static List<String> lines(Invoice invoice) {
        return invoice.getLinesList().stream()
                .map(
                        line ->
                                line.getNumber()
                                        + " "
                                        + line.getServicePeriod()
                                        + (line.getLate() ? " late " : " ")
                                        + line.getModel()
                                        + " "
                                        + line.getCallCount()
                                        + " "
                                        + line.getExactAmount().getAmount()
                                        + " "
                                        + line.getAmount().getAmount())
                .toList();
    }

    /** Two models in October: 1.2345 + 2 x 0.005 exactly. */
    private void bookOctober() {
        ledger.rateAndBook(
                RatedEvent.initial()
                        .priced("acme", 1, "1", "1.2345")
                        .priced("acme", 2, "2026-10-04T00:00:00Z", "tiny", "0.004", "0.005")
                        .priced("acme", 3, "2026-10-31T23:59:59Z", "tiny", "0.004", "0.005"));
    }

    @Test
    void a_draft_shows_what_would_be_invoiced_now() {
        bookOctober();

        Invoice draft = ledger.draft("acme", "october", "2026-10");

        assertThat(draft.getState()).isEqualTo(InvoiceState.INVOICE_STATE_DRAFT);
        assertThat(draft.getNumber()).isEmpty();
        assertThat(draft.getCurrencyCode()).isEqualTo("USD");
        assertThat(draft.getRatingPosition()).isEqualTo(1);
        assertThat(lines(draft))
                .containsExactly("1 2026-10 gpt-4o 1 1.2345 1.23", "2 2026-10 tiny 2 0.01 0.01");
        assertThat(
                        ledger.invoices(ACME)
                                .getInvoice(
                                        GetInvoiceRequest.newBuilder()
                                                .setName(draft.getName())
                                                .build()))
                .isEqualTo(draft);

        ledger.rateAndBook(RatedEvent.initial().priced("acme", 4, "1", "1"));

        assertThat(get("acme", "october").getExactTotal().getAmount()).isEqualTo("2.2445");
        assertThat(ledger.balances()).containsEntry("acme/unbilled_receivable.USD", "2.2445");
    }

    @Test
    void issuing_numbers_books_and_closes() {
        bookOctober();
        ledger.draft("acme", "october", "2026-10");

        Invoice issued = ledger.issue("acme", "october");

        assertThat(issued.getState()).isEqualTo(InvoiceState.INVOICE_STATE_ISSUED);
        assertThat(issued.getNumber()).isEqualTo("INV-2026-000001");
        assertThat(issued.getTotal().getAmount()).isEqualTo("1.24");
        assertThat(issued.getExactTotal().getAmount()).isEqualTo("1.2445");
        assertThat(issued.getRounding().getAmount()).isEqualTo("-0.0045");
        assertThat(issued.getIssueTime())
                .isEqualTo(Timestamp.newBuilder().setSeconds(1_793_615_400L).build());
        assertThat(ledger.balances())
                .containsOnly(
                        Map.entry("acme/usage_cost.USD", "1.008"),
                        Map.entry("operator/provider_payable.openai-main.USD", "1.008"),
                        Map.entry("acme/billed_receivable.USD", "1.24"),
                        Map.entry("acme/rounding.USD", "-0.0045"),
                        Map.entry("acme/chargeback_revenue.USD", "1.2445"));
        assertThat(ledger.text("select count(*) from billable")).isEqualTo("0");
        ledger.assertBooksAreTrue();
    }

    @Test
    void an_issued_invoice_never_changes() {
        bookOctober();
        ledger.draft("acme", "october", "2026-10");
        Invoice issued = ledger.issue("acme", "october");

        ledger.rateAndBook(RatedEvent.initial().priced("acme", 4, "1", "1"));
        Invoice again = ledger.issue("acme", "october");
        ledger.restart();

        assertThat(again).isEqualTo(issued);
        assertThat(get("acme", "october")).isEqualTo(issued);
        assertThat(ledger.text("select last_count from invoice_series")).isEqualTo("1");
        ledger.assertBooksAreTrue();
    }

    @Test
    void late_usage_goes_to_the_next_invoice_under_its_own_month() {
        bookOctober();
        ledger.draft("acme", "october", "2026-10");
        ledger.issue("acme", "october");
        ledger.rateAndBook(
                RatedEvent.initial()
                        .priced("acme", 4, "2026-10-30T00:00:00Z", "gpt-4o", "1", "3")
                        .priced("acme", 5, "2026-11-01T00:00:00Z", "gpt-4o", "1", "4"));

        ledger.draft("acme", "november", "2026-11");
        Invoice november = ledger.issue("acme", "november");

        assertThat(november.getNumber()).isEqualTo("INV-2026-000002");
        assertThat(lines(november))
                .containsExactly("1 2026-10 late gpt-4o 1 3 3", "2 2026-11 gpt-4o 1 4 4");
        ledger.assertBooksAreTrue();
    }

    @Test
    void usage_of_a_later_month_waits() {
        ledger.rateAndBook(
                RatedEvent.initial()
                        .priced("acme", 1, "2026-10-30T00:00:00Z", "gpt-4o", "1", "3")
                        .priced("acme", 2, "2026-11-01T00:00:00Z", "gpt-4o", "1", "4"));
        ledger.draft("acme", "october", "2026-10");

        assertThat(ledger.issue("acme", "october").getTotal().getAmount()).isEqualTo("3");
        assertThat(ledger.balances()).containsEntry("acme/unbilled_receivable.USD", "4");
        ledger.assertBooksAreTrue();
    }

    @Test
    void nothing_to_invoice_is_refused_and_takes_no_number() {
        bookOctober();
        ledger.draft("acme", "september", "2026-09");

        StatusRuntimeException refused = refusal(() -> ledger.issue("acme", "september"));

        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(refused)
                .hasMessageContaining(
                        "lines: 0 (expected: charges in USD not yet invoiced, up to 2026-09)");
        ledger.draft("acme", "october", "2026-10");
        assertThat(ledger.issue("acme", "october").getNumber()).isEqualTo("INV-2026-000001");
    }

    @Test
    void bad_drafts_are_refused() {
        bookOctober();
        ledger.rateAndBook(
                RatedEvent.initial()
                        .priced("both", 4, "1", "1")
                        .priced("both", 5, "2026-10-03T12:00:00Z", "gpt-4o", "1", "1", "EUR"));
        ledger.draft("acme", "october", "2026-10");

        assertThat(refusal(() -> ledger.draft("acme", "October", "2026-10")))
                .hasMessageContaining("invoice_id: October (expected: 1 to 63 characters");
        assertThat(refusal(() -> ledger.draft("acme", "x", "2026-13")))
                .hasMessageContaining("period: 2026-13 (expected: a month such as 2026-11");
        assertThat(refusal(() -> ledger.draft("acme", "x", "2026-12")))
                .hasMessageContaining("period: 2026-12 (expected: not after 2026-11)");
        assertThat(refusal(() -> ledger.draft("acme", "october", "2026-09")))
                .hasMessageContaining("ALREADY_EXISTS");
        assertThat(refusal(() -> ledger.draft("both", "x", "2026-10")))
                .hasMessageContaining("currency_code:  (expected: one of [EUR, USD])");
        assertThat(refusal(() -> ledger.draft("nobody", "x", "2026-10")))
                .hasMessageContaining("nothing was charged yet");
        assertThat(refusal(() -> get("acme", "unknown")).getStatus().getCode())
                .isEqualTo(Status.Code.NOT_FOUND);
        assertThat(refusal(() -> ledger.issue("acme", "unknown")).getStatus().getCode())
                .isEqualTo(Status.Code.NOT_FOUND);
        assertThat(refusal(() -> pay("acme", "october")).getStatus().getCode())
                .isEqualTo(Status.Code.FAILED_PRECONDITION);
    }

    @Test
    void a_repeated_draft_is_the_same() {
        bookOctober();
        Invoice draft = ledger.draft("acme", "october", "2026-10");

        assertThat(ledger.draft("acme", "october", "2026-10")).isEqualTo(draft);
        assertThat(ledger.text("select count(*) from event")).isEqualTo("1");
    }

    @Test
    void each_currency_has_its_own_invoice() {
        ledger.rateAndBook(
                RatedEvent.initial()
                        .priced("acme", 1, "1", "1")
                        .priced("acme", 2, "2026-10-03T12:00:00Z", "gpt-4o", "1", "2", "EUR"));
        CreateInvoiceDraftRequest request =
                CreateInvoiceDraftRequest.newBuilder()
                        .setParent("tenants/acme")
                        .setInvoiceId("euros")
                        .setPeriod("2026-10")
                        .setCurrencyCode("EUR")
                        .build();

        var _ = ledger.invoices(OPERATOR).createInvoiceDraft(request);

        assertThat(ledger.issue("acme", "euros").getTotal().getAmount()).isEqualTo("2");
        assertThat(ledger.balances()).containsEntry("acme/unbilled_receivable.USD", "1");
        ledger.assertBooksAreTrue();
    }

    @Test
    void a_payment_clears_what_was_billed_once() {
        bookOctober();
        ledger.draft("acme", "october", "2026-10");
        ledger.issue("acme", "october");

        Invoice paid = pay("acme", "october");

        assertThat(paid.getState()).isEqualTo(InvoiceState.INVOICE_STATE_PAID);
        assertThat(pay("acme", "october")).isEqualTo(paid);
        assertThat(ledger.balances())
                .containsEntry("acme/payment_clearing.USD", "1.24")
                .doesNotContainKey("acme/billed_receivable.USD");
        ledger.assertBooksAreTrue();
    }

    @Test
    void the_transfers_of_an_invoice_can_be_listed() {
        bookOctober();
        ledger.draft("acme", "october", "2026-10");
        ledger.issue("acme", "october");

        List<Transfer> transfers =
                ledger.ledger(ACME)
                        .listTransfers(
                                ListTransfersRequest.newBuilder()
                                        .setParent("tenants/acme")
                                        .setInvoice("tenants/acme/invoices/october")
                                        .build())
                        .getTransfersList();

        assertThat(transfers)
                .extracting(
                        it ->
                                it.getReason()
                                        + " "
                                        + it.getLine()
                                        + " "
                                        + it.getDebitAccount().substring(22)
                                        + " "
                                        + it.getCreditAccount().substring(22)
                                        + " "
                                        + it.getAmount().getAmount())
                .containsExactly(
                        "TRANSFER_REASON_INVOICE_LINE 2 billed_receivable.USD"
                                + " unbilled_receivable.USD 0.01",
                        "TRANSFER_REASON_ROUNDING 1 rounding.USD billed_receivable.USD 0.0045",
                        "TRANSFER_REASON_INVOICE_LINE 1 billed_receivable.USD"
                                + " unbilled_receivable.USD 1.2345");
    }

    @Test
    void files_say_what_the_invoice_says() throws IOException {
        bookOctober();
        ledger.draft("acme", "october", "2026-10");
        Invoice issued = ledger.issue("acme", "october");

        HttpBody json = download("acme", "october", InvoiceFormat.INVOICE_FORMAT_JSON);
        Invoice.Builder read = Invoice.newBuilder();
        JsonFormat.parser().merge(json.getData().toStringUtf8(), read);
        assertThat(json.getContentType()).isEqualTo("application/json");
        assertThat(read.build()).isEqualTo(issued);

        HttpBody csv = download("acme", "october", InvoiceFormat.INVOICE_FORMAT_CSV);
        assertThat(csv.getContentType()).isEqualTo("text/csv; charset=utf-8");
        assertThat(sum(csv, "exact_amount"))
                .isEqualByComparingTo(ledger.text("select sum(charge) from posting"));
        assertThat(sum(csv, "amount"))
                .isEqualByComparingTo(
                        ledger.text(
                                "select debits - credits from account"
                                        + " where tenant_id = 'acme' and type = 6"));

        HttpBody pdf = download("acme", "october", InvoiceFormat.INVOICE_FORMAT_UNSPECIFIED);
        assertThat(pdf.getContentType()).isEqualTo("application/pdf");
        try (PdfReader reader = new PdfReader(pdf.getData().toByteArray())) {
            assertThat(new PdfTextExtractor(reader).getTextFromPage(1))
                    .contains("Example Cloud AG", "Invoice INV-2026-000001", "USD 1.24");
        }
        assertThat(download("acme", "october", InvoiceFormat.INVOICE_FORMAT_PDF)).isEqualTo(pdf);
    }

    private static BigDecimal sum(HttpBody csv, String column) throws IOException {
        CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
        BigDecimal sum = BigDecimal.ZERO;
        try (CSVParser rows =
                CSVParser.parse(
                        new StringReader(csv.getData().toString(StandardCharsets.UTF_8)), format)) {
            for (CSVRecord row : rows) {
                sum = sum.add(new BigDecimal(row.get(column)));
            }
        }
        return sum;
    }

    @Test
    void invoices_are_listed_newest_first_in_pages() {
        bookOctober();
        for (int i = 1; i <= 5; i++) {
            ledger.draft("acme", "draft-" + i, "2026-10");
        }
        ledger.issue("acme", "draft-2");
        ListInvoicesRequest request =
                ListInvoicesRequest.newBuilder().setParent("tenants/acme").setPageSize(2).build();

        var first = ledger.invoices(ACME).listInvoices(request);
        var second =
                ledger.invoices(ACME)
                        .listInvoices(
                                request.toBuilder().setPageToken(first.getNextPageToken()).build());
        var issued =
                ledger.invoices(ACME)
                        .listInvoices(
                                request.toBuilder()
                                        .setState(InvoiceState.INVOICE_STATE_ISSUED)
                                        .build());

        assertThat(first.getInvoicesList())
                .extracting(Invoice::getName)
                .containsExactly("tenants/acme/invoices/draft-5", "tenants/acme/invoices/draft-4");
        assertThat(second.getInvoicesList())
                .extracting(Invoice::getName)
                .containsExactly("tenants/acme/invoices/draft-3", "tenants/acme/invoices/draft-2");
        assertThat(issued.getInvoicesList())
                .extracting(it -> it.getNumber() + " " + it.getTotal().getAmount())
                .containsExactly("INV-2026-000001 1.24");
        assertThat(issued.getInvoices(0).getLinesList()).isEqualTo(List.<InvoiceLine>of());
    }
}
