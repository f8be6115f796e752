package dev.meterbook.ledger;

import static dev.meterbook.ledger.LedgerProcess.ACME;
import static dev.meterbook.ledger.LedgerProcess.GLOBEX;
import static dev.meterbook.ledger.LedgerProcess.OPERATOR;
import static dev.meterbook.ledger.LedgerProcess.READER;
import static dev.meterbook.proto.ledger.v1.CreditKind.CREDIT_KIND_PROMOTIONAL;
import static dev.meterbook.proto.ledger.v1.CreditKind.CREDIT_KIND_PURCHASED;
import static dev.meterbook.proto.ledger.v1.CreditKind.CREDIT_KIND_UNSPECIFIED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Timestamp;
import dev.meterbook.proto.ledger.v1.DownloadInvoiceRequest;
import dev.meterbook.proto.ledger.v1.GrantTenantCreditRequest;
import dev.meterbook.proto.ledger.v1.Invoice;
import dev.meterbook.proto.ledger.v1.InvoiceFormat;
import dev.meterbook.proto.ledger.v1.InvoiceState;
import dev.meterbook.proto.ledger.v1.ListTenantCreditsRequest;
import dev.meterbook.proto.ledger.v1.ListTransfersRequest;
import dev.meterbook.proto.ledger.v1.PayInvoiceRequest;
import dev.meterbook.proto.ledger.v1.TenantCredit;
import dev.meterbook.proto.type.v1.Money;
import dev.meterbook.testing.MutableClock;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Prepaid credit, from the grant to the invoices that it pays. */
class CreditingTest {

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

    private void book(long position, String month, String charge) {
        ledger.rateAndBook(
                RatedEvent.initial()
                        .priced("acme", position, month + "-03T12:00:00Z", "gpt-4o", "1", charge));
    }

    private Invoice issue(String month) {
        ledger.draft("acme", month, month);
        return ledger.issue("acme", month);
    }

    private Invoice pay(String id) {
        return ledger.invoices(OPERATOR)
                .payInvoice(
                        PayInvoiceRequest.newBuilder()
                                .setName("tenants/acme/invoices/" + id)
                                .build());
    }

    private List<String> left() {
        return ledger
                .credits(ACME)
                .listTenantCredits(
                        ListTenantCreditsRequest.newBuilder().setParent("tenants/acme").build())
                .getCreditsList()
                .stream()
                .map(
                        it ->
                                it.getName().replace("tenants/acme/credits/", "")
                                        + " "
                                        + it.getRemaining().getAmount())
                .toList();
    }

    private static List<String> applied(Invoice invoice) {
        return invoice.getCreditsList().stream()
                .map(
                        it ->
                                it.getCredit().replace("tenants/acme/credits/", "")
                                        + " "
                                        + it.getAmount().getAmount())
                .toList();
    }

    @Test
    void a_grant_is_booked_once() {
        TenantCredit first =
                ledger.grant("acme", "p1", CREDIT_KIND_PURCHASED, "100", "2027-01-01T00:00:00Z");
        TenantCredit again =
                ledger.grant("acme", "p1", CREDIT_KIND_PURCHASED, "100.00", "2027-01-01T00:00:00Z");
        ledger.grant("acme", "welcome", CREDIT_KIND_PROMOTIONAL, "5.5", "");

        assertThat(again).isEqualTo(first);
        assertThat(first.getName()).isEqualTo("tenants/acme/credits/p1");
        assertThat(first.getAmount().getAmount()).isEqualTo("100");
        assertThat(first.getRemaining()).isEqualTo(first.getAmount());
        assertThat(first.getGrantTime().getSeconds())
                .isEqualTo(Instant.parse(TestClock.NOW).getEpochSecond());
        assertThat(ledger.balances())
                .containsOnly(
                        Map.entry("acme/tenant_credit.USD", "105.5"),
                        Map.entry("acme/payment_clearing.USD", "100"),
                        Map.entry("operator/promotional_credit.USD", "5.5"));
        assertThat(ledger.text("select count(*) from event")).isEqualTo("2");
        ledger.assertBooksAreTrue();
        ledger.restart();
        assertThat(left()).containsExactly("welcome 5.5", "p1 100");
        assertThat(
                        refusal(
                                        () ->
                                                ledger.grant(
                                                        "acme",
                                                        "p1",
                                                        CREDIT_KIND_PURCHASED,
                                                        "101",
                                                        "2027-01-01T00:00:00Z"))
                                .getStatus()
                                .getCode())
                .isEqualTo(Status.Code.ALREADY_EXISTS);
    }

    @Test
    void many_who_grant_the_same_get_the_same() throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<TenantCredit>> grants = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                grants.add(
                        threads.submit(
                                () -> ledger.grant("acme", "p", CREDIT_KIND_PURCHASED, "7", "")));
            }
            for (Future<TenantCredit> each : grants) {
                assertThat(each.get().getRemaining().getAmount()).isEqualTo("7");
            }
        }

        assertThat(ledger.balances()).containsEntry("acme/tenant_credit.USD", "7");
        assertThat(ledger.text("select count(*) from event")).isEqualTo("1");
        ledger.assertBooksAreTrue();
    }

    @Test
    void credits_pay_invoices_until_they_are_used_up() {
        book(1, "2026-09", "30");
        book(2, "2026-10", "50.004");
        ledger.grant("acme", "old", CREDIT_KIND_PURCHASED, "40", "");
        ledger.grant("acme", "soon", CREDIT_KIND_PROMOTIONAL, "10", "2026-12-01T00:00:00Z");

        Invoice september = issue("2026-09");
        Invoice october = issue("2026-10");

        assertThat(september.getState()).isEqualTo(InvoiceState.INVOICE_STATE_PAID);
        assertThat(applied(september)).containsExactly("soon 10", "old 20");
        assertThat(september.getCreditsApplied().getAmount()).isEqualTo("30");
        assertThat(september.getAmountDue().getAmount()).isEqualTo("0");
        assertThat(september.getPayTime()).isEqualTo(september.getIssueTime());
        assertThat(october.getState()).isEqualTo(InvoiceState.INVOICE_STATE_ISSUED);
        assertThat(applied(october)).containsExactly("old 20");
        assertThat(october.getTotal().getAmount()).isEqualTo("50");
        assertThat(october.getAmountDue().getAmount()).isEqualTo("30");
        assertThat(left()).containsExactly("soon 0", "old 0");
        assertThat(ledger.balances())
                .containsEntry("acme/billed_receivable.USD", "30")
                .doesNotContainKey("acme/tenant_credit.USD");
        ledger.assertBooksAreTrue();

        assertThat(pay("2026-09")).isEqualTo(september);
        assertThat(pay("2026-10").getState()).isEqualTo(InvoiceState.INVOICE_STATE_PAID);
        ledger.restart();

        assertThat(pay("2026-10").getAmountDue().getAmount()).isEqualTo("30");
        assertThat(ledger.balances())
                .containsEntry("acme/payment_clearing.USD", "70")
                .containsEntry("operator/promotional_credit.USD", "10")
                .doesNotContainKey("acme/billed_receivable.USD");
        ledger.assertBooksAreTrue();
    }

    @Test
    void the_transfers_say_which_credit() {
        ledger.grant("acme", "welcome", CREDIT_KIND_PROMOTIONAL, "5", "");
        book(1, "2026-10", "12");
        issue("2026-10");

        assertThat(
                        ledger.ledger(ACME)
                                .listTransfers(
                                        ListTransfersRequest.newBuilder()
                                                .setParent("tenants/acme")
                                                .build())
                                .getTransfersList())
                .extracting(
                        it ->
                                "%s %s %s %s <- %s %s"
                                        .formatted(
                                                it.getReason(),
                                                it.getInvoice(),
                                                it.getCredit(),
                                                it.getDebitAccount(),
                                                it.getCreditAccount(),
                                                it.getAmount().getAmount())
                                        .replace("tenants/acme/", "")
                                        .replace("TRANSFER_REASON_", ""))
                .containsExactly(
                        "CREDIT_APPLIED invoices/2026-10 credits/welcome"
                                + " accounts/tenant_credit.USD <- accounts/billed_receivable.USD 5",
                        "INVOICE_LINE invoices/2026-10 "
                                + " accounts/billed_receivable.USD <- accounts/unbilled_receivable.USD"
                                + " 12",
                        "CREDIT_GRANT  credits/welcome  <- accounts/tenant_credit.USD 5");
    }

    @Test
    void an_expired_credit_pays_nothing_and_stays_visible() {
        ledger.grant("acme", "gone", CREDIT_KIND_PURCHASED, "40", "2026-11-03T00:00:00Z");
        book(1, "2026-10", "12");
        MutableClock clock = (MutableClock) ledger.context().getBean(Clock.class);
        clock.set(Instant.parse("2026-11-03T00:00:00Z"));

        Invoice october = issue("2026-10");

        assertThat(applied(october)).isEmpty();
        assertThat(october.getAmountDue().getAmount()).isEqualTo("12");
        assertThat(left()).containsExactly("gone 40");
        assertThat(ledger.balances()).containsEntry("acme/tenant_credit.USD", "40");
        assertThat(
                        ledger.grant(
                                "acme",
                                "gone",
                                CREDIT_KIND_PURCHASED,
                                "40",
                                "2026-11-03T00:00:00Z"))
                .as("a repeat is answered even then")
                .extracting(it -> it.getRemaining().getAmount())
                .isEqualTo("40");
        ledger.assertBooksAreTrue();
    }

    @Test
    void a_credit_pays_invoices_of_its_currency_and_tenant_only() {
        ledger.grant("acme", "dollars", CREDIT_KIND_PURCHASED, "40", "");
        ledger.grant("globex", "dollars", CREDIT_KIND_PURCHASED, "40", "");
        ledger.rateAndBook(
                RatedEvent.initial()
                        .priced("acme", 1, "2026-10-03T12:00:00Z", "gpt-4o", "1", "9", "EUR"));

        assertThat(applied(issue("2026-10"))).isEmpty();
        assertThat(left()).containsExactly("dollars 40");
        ledger.assertBooksAreTrue();
    }

    @Test
    void two_invoices_at_once_do_not_spend_a_credit_twice()
            throws InterruptedException, ExecutionException {
        ledger.grant("acme", "shared", CREDIT_KIND_PURCHASED, "100", "");
        int months = 8;
        for (int month = 1; month <= months; month++) {
            book(month, "2026-0" + month, "30");
            ledger.draft("acme", "month-" + month, "2026-0" + month);
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> work = new ArrayList<>();
            for (int month = 1; month <= months; month++) {
                String id = "month-" + month;
                String credit = "more-" + month;
                work.add(threads.submit(() -> issueIfThereIsSomething(id)));
                work.add(
                        threads.submit(
                                () ->
                                        ledger.grant(
                                                "acme", credit, CREDIT_KIND_PROMOTIONAL, "1", "")));
            }
            for (Future<?> each : work) {
                each.get();
            }
        }

        assertThat(ledger.text("select sum(total) from invoice")).isEqualTo("240");
        assertThat(ledger.text("select sum(amount) >= 100 from invoice_credit")).isEqualTo("t");
        assertThat(ledger.text("select sum(amount) <= 108 from invoice_credit")).isEqualTo("t");
        ledger.assertBooksAreTrue();
    }

    private void issueIfThereIsSomething(String id) {
        try {
            var _ = ledger.issue("acme", id);
        } catch (StatusRuntimeException refused) {
            assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        }
    }

    @Test
    void files_say_what_credits_paid_and_what_is_due() {
        ledger.grant("acme", "welcome", CREDIT_KIND_PROMOTIONAL, "5", "");
        book(1, "2026-10", "12.345");
        issue("2026-10");

        assertThat(file(InvoiceFormat.INVOICE_FORMAT_JSON))
                .contains(
                        "\"creditsApplied\"", "\"amountDue\"", "\"tenants/acme/credits/welcome\"");
        assertThat(file(InvoiceFormat.INVOICE_FORMAT_CSV))
                .contains("-5,-5.00,USD,Credit,Credits applied,welcome,7.35");
        assertThat(file(InvoiceFormat.INVOICE_FORMAT_PDF)).startsWith("%PDF");
    }

    private String file(InvoiceFormat format) {
        return ledger.invoices(ACME)
                .downloadInvoice(
                        DownloadInvoiceRequest.newBuilder()
                                .setName("tenants/acme/invoices/2026-10")
                                .setFormat(format)
                                .build())
                .getData()
                .toStringUtf8();
    }

    private static GrantTenantCreditRequest.Builder request(String amount, String currency) {
        return GrantTenantCreditRequest.newBuilder()
                .setParent("tenants/acme")
                .setCreditId("p1")
                .setKind(CREDIT_KIND_PURCHASED)
                .setAmount(Money.newBuilder().setAmount(amount).setCurrencyCode(currency));
    }

    private void assertRefused(GrantTenantCreditRequest.Builder request, String message) {
        StatusRuntimeException refused =
                refusal(() -> ledger.credits(OPERATOR).grantTenantCredit(request.build()));

        assertThat(refused).hasMessageContaining(message);
        assertThat(refused.getStatus().getCode())
                .isIn(Status.Code.INVALID_ARGUMENT, Status.Code.FAILED_PRECONDITION);
    }

    @Test
    void bad_grants_are_refused_and_leave_nothing() {
        assertRefused(request("0", "USD"), "amount.amount: 0 (expected: above 0");
        assertRefused(request("-1", "USD"), "amount.amount: -1");
        assertRefused(request("1.005", "USD"), "at most 2 decimals");
        assertRefused(request("1.5", "JPY"), "at most 0 decimals");
        assertRefused(request("1e3", "USD"), "amount.amount: 1e3");
        assertRefused(request("1000000000000000", "USD"), "below 10^15");
        assertRefused(request("1", "XXQ"), "amount.currency_code: XXQ");
        assertRefused(request("1", "USD").setCreditId("P 1"), "credit_id: P 1");
        assertRefused(request("1", "USD").setKind(CREDIT_KIND_UNSPECIFIED), "kind: 0");
        assertRefused(request("1", "USD").setKindValue(7), "kind: 7");
        assertRefused(request("1", "USD").setNote("n".repeat(201)), "note: 201 characters");
        assertRefused(request("1", "USD").setNote("a\u0000b"), "none of control");
        assertRefused(
                request("1", "USD").setExpireTime(Timestamp.newBuilder().setSeconds(1)),
                "expire_time: 1970-01-01T00:00:01Z (expected: after 2026-11-02T10:30:00Z)");
        assertRefused(
                request("1", "USD").setExpireTime(Timestamp.newBuilder().setSeconds(-1)),
                "expire_time: -1s");

        assertThat(ledger.text("select count(*) from account")).isEqualTo("0");
        assertThat(ledger.text("select count(*) from event")).isEqualTo("0");
        var longest =
                ledger.credits(OPERATOR)
                        .grantTenantCredit(
                                request("999999999999999.99", "USD")
                                        .setNote("n".repeat(200))
                                        .build());
        assertThat(longest.getNote()).hasSize(200);
    }

    @Test
    void only_an_operator_with_scope_admin_grants_and_a_tenant_sees_its_own() {
        ledger.grant("acme", "p1", CREDIT_KIND_PURCHASED, "1", "");
        var grant = request("1", "USD").setCreditId("mine").build();
        var list = ListTenantCreditsRequest.newBuilder().setParent("tenants/acme").build();

        assertThat(
                        refusal(() -> ledger.credits(ACME).grantTenantCredit(grant))
                                .getStatus()
                                .getCode())
                .isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(
                        refusal(() -> ledger.credits(READER).grantTenantCredit(grant))
                                .getStatus()
                                .getCode())
                .isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(
                        refusal(() -> ledger.credits(GLOBEX).listTenantCredits(list))
                                .getStatus()
                                .getCode())
                .isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(ledger.credits(ACME).listTenantCredits(list).getCreditsCount()).isEqualTo(1);
        assertThat(ledger.credits(READER).listTenantCredits(list).getCreditsCount()).isEqualTo(1);
    }

    @Test
    void credits_are_listed_newest_first_in_pages() {
        for (int i = 1; i <= 5; i++) {
            ledger.grant("acme", "p" + i, CREDIT_KIND_PURCHASED, "1", "");
        }
        ListTenantCreditsRequest request =
                ListTenantCreditsRequest.newBuilder()
                        .setParent("tenants/acme")
                        .setPageSize(2)
                        .build();
        List<String> seen = new ArrayList<>();
        String token = "";
        do {
            var page =
                    ledger.credits(ACME)
                            .listTenantCredits(request.toBuilder().setPageToken(token).build());
            page.getCreditsList().forEach(it -> seen.add(it.getName().substring(21)));
            token = page.getNextPageToken();
        } while (!token.isEmpty());

        assertThat(seen).containsExactly("p5", "p4", "p3", "p2", "p1");
    }
}
