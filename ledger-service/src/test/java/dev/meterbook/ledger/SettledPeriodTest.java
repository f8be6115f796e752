package dev.meterbook.ledger;

import static dev.meterbook.ledger.LedgerProcess.ACME;
import static dev.meterbook.ledger.LedgerProcess.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.meterbook.ledger.intake.RatedUsageConsumer;
import dev.meterbook.platform.consumer.DeadLetter;
import dev.meterbook.platform.eventlog.EventReader;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.platform.jdbc.DatabaseException;
import dev.meterbook.proto.ledger.v1.ChargeCategory;
import dev.meterbook.proto.ledger.v1.DownloadInvoiceRequest;
import dev.meterbook.proto.ledger.v1.Invoice;
import dev.meterbook.proto.ledger.v1.InvoiceFormat;
import dev.meterbook.proto.ledger.v1.InvoiceLine;
import dev.meterbook.proto.ledger.v1.ListTransfersRequest;
import dev.meterbook.proto.ledger.v1.Transfer;
import dev.meterbook.proto.pricing.v1.SettlementReason;
import io.micronaut.inject.qualifiers.Qualifiers;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Minimums and commitments of periods, from the rating log to the invoice. */
class SettledPeriodTest {

    private LedgerProcess ledger;

    @BeforeEach
    void start() throws SQLException {
        ledger = LedgerProcess.fresh();
    }

    @AfterEach
    void stop() {
        ledger.close();
    }

    private static List<String> lines(Invoice invoice) {
        return invoice.getLinesList().stream().map(SettledPeriodTest::line).toList();
    }

    private static String line(InvoiceLine line) {
        return "%s %s%s %s%s%s %d %s %s"
                .formatted(
                        line.getChargeCategory().name().replace("CHARGE_CATEGORY_", ""),
                        line.getServicePeriod(),
                        line.getLate() ? " late" : "",
                        line.getModel(),
                        line.getDescription(),
                        line.getTerm().isEmpty() ? "" : " " + line.getTerm(),
                        line.getCallCount(),
                        line.getExactAmount().getAmount(),
                        line.getAmount().getAmount());
    }

    private List<Transfer> transfers(String parent) {
        return ledger.ledger(OPERATOR)
                .listTransfers(ListTransfersRequest.newBuilder().setParent(parent).build())
                .getTransfersList();
    }

    private static String moved(Transfer transfer) {
        return "%s %s %s %s"
                .formatted(
                        transfer.getReason().name().replace("TRANSFER_REASON_", ""),
                        transfer.getDebitAccount(),
                        transfer.getCreditAccount(),
                        transfer.getAmount().getAmount());
    }

    @Test
    void a_contract_owes_its_provider_what_is_missing() {
        ledger.rateAndBook(RatedEvent.initial().priced("acme", 1, "10", "12"));
        ledger.settleAndBook(SettledEvent.ofContract("openai-main", "2026-10", "promise", "90"));
        long last =
                ledger.settleAndBook(
                        SettledEvent.ofContract("openai-main", "2026-10", "promise", "-2.5"));

        assertThat(ledger.balances())
                .containsOnly(
                        Map.entry("acme/usage_cost.USD", "10"),
                        Map.entry("operator/provider_payable.openai-main.USD", "97.5"),
                        Map.entry("operator/commitment_shortfall.openai-main.USD", "87.5"),
                        Map.entry("acme/unbilled_receivable.USD", "12"),
                        Map.entry("acme/chargeback_revenue.USD", "12"));
        assertThat(transfers("operator"))
                .extracting(SettledPeriodTest::moved)
                .containsExactly(
                        "COMMITMENT_SHORTFALL operator/accounts/provider_payable.openai-main.USD"
                                + " operator/accounts/commitment_shortfall.openai-main.USD 2.5",
                        "COMMITMENT_SHORTFALL operator/accounts/commitment_shortfall.openai-main.USD"
                                + " operator/accounts/provider_payable.openai-main.USD 90");
        Transfer newest = transfers("operator").getFirst();
        assertThat(newest.getName()).isEqualTo("operator/transfers/settlement-" + last);
        assertThat(newest.getInvoice()).isEmpty();
        assertThat(newest.getSettlement().getRatingPosition()).isEqualTo(last);
        assertThat(newest.getSettlement().getContract()).isEqualTo("openai-main");
        assertThat(newest.getSettlement().getTerm()).isEqualTo("promise");
        assertThat(newest.getSettlement().getVersion()).isEqualTo("v1");
        assertThat(newest.getSettlement().getPeriodStartTime().getSeconds())
                .isEqualTo(Instant.parse("2026-10-01T00:00:00Z").getEpochSecond());
        assertThat(newest.getSettlement().getPeriodEndTime().getSeconds())
                .isEqualTo(Instant.parse("2026-11-01T00:00:00Z").getEpochSecond());
        assertThat(transfers("tenants/acme")).isEmpty();
        ledger.assertBooksAreTrue();
    }

    @Test
    void a_plans_minimum_is_an_invoice_line_without_calls() {
        ledger.rateAndBook(RatedEvent.initial().priced("acme", 1, "10", "12.005"));
        ledger.settleAndBook(SettledEvent.ofPlan("acme", "2026-10", "floor", "87.995"));
        ledger.draft("acme", "october", "2026-10");

        Invoice issued = ledger.issue("acme", "october");

        assertThat(lines(issued))
                .containsExactly(
                        "USAGE 2026-10 gpt-4o 1 12.005 12.01",
                        "PURCHASE 2026-10 Minimum fee floor 0 87.995 88");
        assertThat(issued.getTotal().getAmount()).isEqualTo("100.01");
        assertThat(issued.getExactTotal().getAmount()).isEqualTo("100");
        assertThat(ledger.balances())
                .containsEntry("acme/chargeback_revenue.USD", "100")
                .containsEntry("acme/billed_receivable.USD", "100.01")
                .containsEntry("acme/rounding.USD", "0.01")
                .doesNotContainKey("acme/unbilled_receivable.USD");
        ledger.assertBooksAreTrue();
        ledger.restart();
        assertThat(ledger.issue("acme", "october")).isEqualTo(issued);
        assertThat(file(InvoiceFormat.INVOICE_FORMAT_CSV))
                .contains("2,2026-10,false,,,,0,0,0,87.995,88.00,USD,Purchase,Minimum fee,floor");
        assertThat(file(InvoiceFormat.INVOICE_FORMAT_JSON))
                .contains("\"chargeCategory\": \"CHARGE_CATEGORY_PURCHASE\"", "\"Minimum fee\"");
    }

    private String file(InvoiceFormat format) {
        return ledger.invoices(ACME)
                .downloadInvoice(
                        DownloadInvoiceRequest.newBuilder()
                                .setName("tenants/acme/invoices/october")
                                .setFormat(format)
                                .build())
                .getData()
                .toStringUtf8();
    }

    @Test
    void a_tenant_without_any_call_owes_its_minimum() {
        ledger.settleAndBook(SettledEvent.ofPlan("acme", "2026-10", "floor", "100"));
        ledger.draft("acme", "october", "2026-10");

        Invoice issued = ledger.issue("acme", "october");

        assertThat(lines(issued)).containsExactly("PURCHASE 2026-10 Minimum fee floor 0 100 100");
        assertThat(issued.getLines(0).getChargeCategory())
                .isEqualTo(ChargeCategory.CHARGE_CATEGORY_PURCHASE);
        ledger.assertBooksAreTrue();
    }

    @Test
    void a_settlement_after_the_invoice_is_late_on_the_next_one() {
        ledger.settleAndBook(SettledEvent.ofPlan("acme", "2026-09", "floor", "100"));
        ledger.draft("acme", "september", "2026-09");
        ledger.issue("acme", "september");

        // A late call of September took the place of a part of the minimum.
        ledger.rateAndBook(
                RatedEvent.initial()
                        .priced("acme", 1, "2026-09-30T12:00:00Z", "gpt-4o", "30", "36"));
        ledger.settleAndBook(SettledEvent.ofPlan("acme", "2026-09", "floor", "-36"));
        ledger.settleAndBook(
                SettledEvent.ofPlan("acme", "2026-10", "promise", "50")
                        .setReason(SettlementReason.SETTLEMENT_REASON_COMMITMENT_SHORTFALL));
        ledger.draft("acme", "october", "2026-10");
        Invoice october = ledger.issue("acme", "october");

        assertThat(lines(october))
                .containsExactly(
                        "USAGE 2026-09 late gpt-4o 1 36 36",
                        "PURCHASE 2026-09 late Minimum fee floor 0 -36 -36",
                        "PURCHASE 2026-10 Commitment shortfall promise 0 50 50");
        assertThat(october.getTotal().getAmount()).isEqualTo("50");
        ledger.assertBooksAreTrue();
    }

    @Test
    void settlements_that_come_to_nothing_are_no_line() {
        ledger.settleAndBook(SettledEvent.ofPlan("acme", "2026-10", "floor", "100"));
        ledger.settleAndBook(SettledEvent.ofPlan("acme", "2026-10", "floor", "-100.00"));

        assertThat(ledger.draft("acme", "october", "2026-10").getLinesCount()).isZero();
        assertThat(ledger.text("select count(*) from settlement")).isEqualTo("2");
        ledger.assertBooksAreTrue();
    }

    @Test
    void transfers_and_settlements_are_listed_together_in_pages() {
        for (int i = 1; i <= 3; i++) {
            ledger.settleAndBook(SettledEvent.ofPlan("acme", "2026-10", "floor-" + i, "1.005"));
        }
        ledger.draft("acme", "october", "2026-10");
        ledger.issue("acme", "october");
        ledger.settleAndBook(SettledEvent.ofPlan("acme", "2026-11", "floor-4", "7"));
        ListTransfersRequest request =
                ListTransfersRequest.newBuilder().setParent("tenants/acme").setPageSize(2).build();

        List<String> seen = new ArrayList<>();
        String token = "";
        do {
            var page =
                    ledger.ledger(ACME)
                            .listTransfers(request.toBuilder().setPageToken(token).build());
            page.getTransfersList()
                    .forEach(
                            it ->
                                    seen.add(
                                            it.getReason().name().replace("TRANSFER_REASON_", "")
                                                    + it.getLine()
                                                    + it.getSettlement().getTerm()));
            token = page.getNextPageToken();
        } while (!token.isEmpty());

        assertThat(seen)
                .containsExactlyInAnyOrder(
                        "MINIMUM0floor-4",
                        "MINIMUM0floor-3",
                        "MINIMUM0floor-2",
                        "MINIMUM0floor-1",
                        "ROUNDING3",
                        "INVOICE_LINE3",
                        "ROUNDING2",
                        "INVOICE_LINE2",
                        "ROUNDING1",
                        "INVOICE_LINE1")
                .containsSubsequence(
                        "MINIMUM0floor-4", "MINIMUM0floor-3", "MINIMUM0floor-2", "MINIMUM0floor-1")
                .containsSubsequence("ROUNDING3", "INVOICE_LINE3", "ROUNDING2", "INVOICE_LINE1");
    }

    @Test
    void a_settlement_is_booked_once() {
        ledger.settleAndBook(SettledEvent.ofPlan("acme", "2026-10", "floor", "100"));
        Database database = ledger.context().getBean(Database.class, Qualifiers.byName("ledger"));
        RatedUsageConsumer consumer = ledger.context().getBean(RatedUsageConsumer.class);
        List<StoredEvent> again = database.read(tx -> new EventReader("pricing").read(tx, 0, 10));

        assertThatThrownBy(
                        () ->
                                database.write(
                                        transaction -> {
                                            consumer.handle(transaction, again);
                                            return again;
                                        }))
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        refused -> assertThat(refused.sqlState()).isEqualTo("23505"));
        ledger.restart();
        long last = ledger.settle(SettledEvent.ofPlan("acme", "2026-10", "floor", "1"));
        ledger.awaitBooked(last);

        assertThat(ledger.balances()).containsEntry("acme/unbilled_receivable.USD", "101");
        ledger.assertBooksAreTrue();
    }

    @Test
    void what_cannot_be_booked_is_set_aside_under_its_tenant() {
        ledger.settle(SettledEvent.ofPlan("acme", "2026-10", "floor", "much"));
        ledger.settle(SettledEvent.ofContract("azure", "2026-10", "promise", "0"));
        ledger.settle(SettledEvent.ofPlan("acme", "2026-10", "floor", "1").setContract("azure"));
        ledger.settle(
                SettledEvent.ofPlan("acme", "2026-10", "floor", "1")
                        .setReason(SettlementReason.SETTLEMENT_REASON_UNSPECIFIED));
        ledger.settle(SettledEvent.ofPlan("acme", "2026-10", "floor", "1").setCurrencyCode("?"));
        long last = ledger.settle(SettledEvent.ofPlan("globex", "2026-10", "floor", "5"));
        await().until(() -> ledger.consumer().position() >= last);

        assertThat(ledger.consumer().deadLetters("-", 0, 100))
                .extracting(DeadLetter::part)
                .extracting(part -> part.position() + " " + part.tenantId())
                .containsExactly("1 acme", "2 ", "3 acme", "4 acme", "5 acme");
        assertThat(ledger.consumer().deadLetters("acme", 0, 1).getFirst().reason())
                .contains("amount: much (expected: decimal number)");
        assertThat(ledger.balances())
                .containsOnly(
                        Map.entry("globex/unbilled_receivable.USD", "5"),
                        Map.entry("globex/chargeback_revenue.USD", "5"));
        assertThat(ledger.consumer().retryDeadLetters("-")).isZero();
        ledger.assertBooksAreTrue();
    }
}
