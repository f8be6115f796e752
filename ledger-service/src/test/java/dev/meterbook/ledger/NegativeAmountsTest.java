package dev.meterbook.ledger;

import static dev.meterbook.ledger.LedgerProcess.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.proto.ledger.v1.CreditKind;
import dev.meterbook.proto.ledger.v1.Invoice;
import dev.meterbook.proto.ledger.v1.InvoiceState;
import dev.meterbook.proto.ledger.v1.ListPostingsRequest;
import dev.meterbook.proto.ledger.v1.PayInvoiceRequest;
import dev.meterbook.proto.ledger.v1.Posting;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Amounts below zero, from the call to the payment: a call that brings its period into a cheaper
 * tier of the whole volume, and corrections downwards.
 */
class NegativeAmountsTest {

    private LedgerProcess ledger;

    @BeforeEach
    void start() throws SQLException {
        ledger = LedgerProcess.fresh();
    }

    @AfterEach
    void stop() {
        ledger.close();
    }

    private Invoice issue(String month) {
        ledger.draft("acme", month, month);
        return ledger.issue("acme", month);
    }

    private static List<String> lines(Invoice invoice) {
        return invoice.getLinesList().stream()
                .map(
                        line ->
                                "%s%s %s %d %s %s"
                                        .formatted(
                                                line.getServicePeriod(),
                                                line.getLate() ? " late" : "",
                                                line.getModel(),
                                                line.getCallCount(),
                                                line.getExactAmount().getAmount(),
                                                line.getAmount().getAmount()))
                .toList();
    }

    @Test
    void a_call_below_zero_moves_the_other_way() {
        ledger.rateAndBook(
                RatedEvent.initial()
                        .priced("acme", 1, "10", "12")
                        .priced("acme", 2, "-2.5", "-3.004"));

        assertThat(ledger.balances())
                .containsOnly(
                        Map.entry("acme/usage_cost.USD", "7.5"),
                        Map.entry("operator/provider_payable.openai-main.USD", "7.5"),
                        Map.entry("acme/unbilled_receivable.USD", "8.996"),
                        Map.entry("acme/chargeback_revenue.USD", "8.996"));
        Posting posting =
                ledger.ledger(OPERATOR)
                        .listPostings(
                                ListPostingsRequest.newBuilder().setParent("tenants/acme").build())
                        .getPostings(0);
        assertThat(posting.getCorrection()).isFalse();
        assertThat(posting.getCost().getAmount()).isEqualTo("-2.5");
        assertThat(posting.getTransfersList())
                .extracting(
                        it ->
                                it.getDebitAccount()
                                        + " <- "
                                        + it.getCreditAccount()
                                        + " "
                                        + it.getAmount().getAmount())
                .containsExactly(
                        "operator/accounts/provider_payable.openai-main.USD"
                                + " <- tenants/acme/accounts/usage_cost.USD 2.5",
                        "tenants/acme/accounts/chargeback_revenue.USD"
                                + " <- tenants/acme/accounts/unbilled_receivable.USD 3.004");
        ledger.assertBooksAreTrue();
        assertThat(lines(issue("2026-10"))).containsExactly("2026-10 gpt-4o 2 8.996 9");
        ledger.assertBooksAreTrue();
    }

    @Test
    void an_invoice_may_have_a_line_below_zero() {
        ledger.rateAndBook(
                RatedEvent.initial()
                        .priced("acme", 1, "2026-10-03T12:00:00Z", "gpt-4o", "10", "12")
                        .priced("acme", 2, "2026-10-03T12:00:00Z", "tiny", "-1", "-1.005"));

        Invoice october = issue("2026-10");

        assertThat(lines(october))
                .containsExactly("2026-10 gpt-4o 1 12 12", "2026-10 tiny 1 -1.005 -1.01");
        assertThat(october.getTotal().getAmount()).isEqualTo("10.99");
        assertThat(october.getRounding().getAmount()).isEqualTo("-0.005");
        ledger.assertBooksAreTrue();
    }

    @Test
    void an_invoice_below_zero_is_issued_takes_no_credit_and_is_paid_back() {
        ledger.rateAndBook(RatedEvent.initial().priced("acme", 1, "10", "12"));
        issue("2026-10");
        ledger.grant("acme", "welcome", CreditKind.CREDIT_KIND_PROMOTIONAL, "5", "");
        ledger.rateAndBook(RatedEvent.correction().priced("acme", 1, "-0.5", "-0.4449"));

        Invoice november = issue("2026-11");

        assertThat(lines(november)).containsExactly("2026-10 late gpt-4o 0 -0.4449 -0.44");
        assertThat(november.getState()).isEqualTo(InvoiceState.INVOICE_STATE_ISSUED);
        assertThat(november.getTotal().getAmount()).isEqualTo("-0.44");
        assertThat(november.getAmountDue().getAmount()).isEqualTo("-0.44");
        assertThat(november.getCreditsList()).isEmpty();
        assertThat(ledger.balances())
                .containsEntry("acme/billed_receivable.USD", "11.56")
                .containsEntry("acme/tenant_credit.USD", "5");
        ledger.assertBooksAreTrue();

        var _ =
                ledger.invoices(OPERATOR)
                        .payInvoice(
                                PayInvoiceRequest.newBuilder()
                                        .setName("tenants/acme/invoices/2026-11")
                                        .build());

        assertThat(ledger.balances())
                .containsEntry("acme/billed_receivable.USD", "12")
                .containsEntry("acme/payment_clearing.USD", "-0.44");
        ledger.assertBooksAreTrue();
    }

    @Test
    void what_is_not_issued_is_set_off_against_the_next_month() {
        ledger.rateAndBook(RatedEvent.initial().priced("acme", 1, "10", "12"));
        issue("2026-10");
        ledger.rateAndBook(RatedEvent.correction().priced("acme", 1, "-0.5", "-0.4449"));
        ledger.rateAndBook(
                RatedEvent.initial().priced("acme", 2, "2026-11-02T00:00:00Z", "gpt-4o", "1", "2"));

        Invoice november = issue("2026-11");

        assertThat(lines(november))
                .containsExactly("2026-10 late gpt-4o 0 -0.4449 -0.44", "2026-11 gpt-4o 1 2 2");
        assertThat(november.getTotal().getAmount()).isEqualTo("1.56");
        ledger.assertBooksAreTrue();
    }
}
