package dev.meterbook.ledger.domain;

import static dev.meterbook.ledger.domain.Examples.OCTOBER;
import static dev.meterbook.ledger.domain.Examples.key;
import static dev.meterbook.ledger.domain.Examples.sum;
import static dev.meterbook.ledger.domain.Examples.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Money;
import dev.meterbook.ledger.domain.InvoiceCommand.Issue;
import dev.meterbook.ledger.domain.InvoiceCommand.MakeDraft;
import dev.meterbook.ledger.domain.InvoiceCommand.Pay;
import dev.meterbook.ledger.domain.InvoiceDecision.Happens;
import dev.meterbook.ledger.domain.InvoiceDecision.Refused;
import dev.meterbook.ledger.domain.InvoiceDecision.Unchanged;
import dev.meterbook.ledger.domain.InvoiceEvent.InvoiceDrafted;
import dev.meterbook.ledger.domain.InvoiceEvent.InvoiceIssued;
import dev.meterbook.ledger.domain.InvoiceEvent.InvoicePaid;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class InvoiceTest {

    private static final InvoiceId ID = new InvoiceId("acme", "october");
    private static final Instant NOW = Instant.parse("2026-11-02T08:00:00Z");
    private static final InvoiceNumber NUMBER = new InvoiceNumber(2026, 1);
    private static final InvoiceLines LINES = lines("1.005", "gpt-4o");

    private static InvoiceLines lines(String charge, String model) {
        return InvoiceLines.close(
                CurrencyCode.USD, new TreeMap<>(Map.of(key("2026-10", model), sum(charge))));
    }

    private static final MakeDraft MAKE_DRAFT = new MakeDraft(ID, OCTOBER, CurrencyCode.USD, NOW);
    private static final Issue ISSUE = new Issue(ID, NUMBER, LINES, List.of(), 42, NOW);
    private static final Pay PAY = new Pay(ID, NOW);

    private static Invoice given(InvoiceEvent... events) {
        Invoice invoice = Invoice.NONE;
        for (InvoiceEvent event : events) {
            invoice = invoice.evolve(event);
        }
        return invoice;
    }

    private static final InvoiceDrafted DRAFTED =
            new InvoiceDrafted(ID, OCTOBER, CurrencyCode.USD, NOW);
    private static final InvoiceIssued ISSUED =
            new InvoiceIssued(ID, NUMBER, LINES, CreditPayments.none(CurrencyCode.USD), 42, NOW);
    private static final InvoicePaid PAID = new InvoicePaid(ID, NOW);

    private static Refused refused(InvoiceDecision decision) {
        return (Refused) decision;
    }

    @Test
    void goes_from_draft_to_issued_to_paid() {
        assertThat(given().decide(MAKE_DRAFT)).isEqualTo(new Happens(DRAFTED));
        assertThat(given(DRAFTED).decide(ISSUE)).isEqualTo(new Happens(ISSUED));
        assertThat(given(DRAFTED, ISSUED).decide(PAY)).isEqualTo(new Happens(PAID));
    }

    @Test
    void a_repeated_command_changes_nothing() {
        assertThat(given(DRAFTED).decide(MAKE_DRAFT)).isEqualTo(new Unchanged());
        assertThat(given(DRAFTED, ISSUED).decide(MAKE_DRAFT)).isEqualTo(new Unchanged());
        assertThat(given(DRAFTED, ISSUED).decide(ISSUE)).isEqualTo(new Unchanged());
        assertThat(given(DRAFTED, ISSUED, PAID).decide(MAKE_DRAFT)).isEqualTo(new Unchanged());
        assertThat(given(DRAFTED, ISSUED, PAID).decide(ISSUE)).isEqualTo(new Unchanged());
        assertThat(given(DRAFTED, ISSUED, PAID).decide(PAY)).isEqualTo(new Unchanged());
    }

    @Test
    void an_id_stands_for_one_period_and_currency() {
        MakeDraft other = new MakeDraft(ID, Examples.period("2026-09"), CurrencyCode.USD, NOW);

        Refused refused = refused(given(DRAFTED, ISSUED).decide(other));

        assertThat(refused.reason()).isEqualTo(InvoiceRefusal.INVOICE_ID_TAKEN);
        assertThat(refused.message())
                .isEqualTo("invoice_id: october (expected: an id not used for 2026-10 in USD)");
    }

    @Test
    void a_month_that_has_not_begun_is_refused() {
        MakeDraft december = new MakeDraft(ID, Examples.period("2026-12"), CurrencyCode.USD, NOW);

        Refused refused = refused(given().decide(december));

        assertThat(refused.reason()).isEqualTo(InvoiceRefusal.PERIOD_NOT_STARTED);
        assertThat(refused.message()).isEqualTo("period: 2026-12 (expected: not after 2026-11)");
    }

    @Test
    void a_draft_without_lines_is_not_issued() {
        Issue nothing =
                new Issue(
                        ID,
                        NUMBER,
                        new InvoiceLines(CurrencyCode.USD, List.of()),
                        List.of(),
                        42,
                        NOW);

        Refused refused = refused(given(DRAFTED).decide(nothing));

        assertThat(refused.reason()).isEqualTo(InvoiceRefusal.NOTHING_TO_INVOICE);
        assertThat(refused.message())
                .isEqualTo("lines: 0 (expected: charges in USD not yet invoiced, up to 2026-10)");
    }

    @Test
    void an_invoice_has_at_most_5000_lines() {
        InvoiceLine line = LINES.lines().getFirst();
        Issue most = issue(Collections.nCopies(5_000, line));
        Issue tooMany = issue(Collections.nCopies(5_001, line));

        assertThat(given(DRAFTED).decide(most)).isInstanceOf(Happens.class);
        assertThat(refused(given(DRAFTED).decide(tooMany)).reason())
                .isEqualTo(InvoiceRefusal.TOO_MANY_LINES);
    }

    private static Issue issue(List<InvoiceLine> lines) {
        return new Issue(ID, NUMBER, new InvoiceLines(CurrencyCode.USD, lines), List.of(), 42, NOW);
    }

    @Test
    void what_was_not_made_or_issued_is_refused() {
        assertThat(refused(given().decide(ISSUE)).reason())
                .isEqualTo(InvoiceRefusal.INVOICE_NOT_FOUND);
        assertThat(refused(given().decide(PAY)).reason())
                .isEqualTo(InvoiceRefusal.INVOICE_NOT_FOUND);
        assertThat(refused(given(DRAFTED).decide(PAY)).reason())
                .isEqualTo(InvoiceRefusal.INVOICE_NOT_ISSUED);
    }

    @Test
    void an_event_that_cannot_follow_is_a_damaged_log() {
        assertThatIllegalStateException().isThrownBy(() -> given(ISSUED));
        assertThatIllegalStateException().isThrownBy(() -> given(DRAFTED, PAID));
        assertThatIllegalStateException().isThrownBy(() -> given(DRAFTED, ISSUED, ISSUED));
    }

    @Test
    void a_line_is_rounded_once_half_away_from_zero() {
        SortedMap<BillableKey, BillableSum> sums = new TreeMap<>();
        sums.put(key("2026-10", "a"), sum("1.005"));
        sums.put(key("2026-10", "b"), sum("1.0049999999"));
        sums.put(key("2026-10", "c"), sum("-1.005"));
        sums.put(key("2026-10", "d"), sum("0.0001"));
        sums.put(key("2026-09", "z"), sum("2"));

        InvoiceLines lines = InvoiceLines.close(CurrencyCode.USD, sums);

        assertThat(lines.lines())
                .extracting(it -> it.model() + " " + it.amount() + " " + it.remainder())
                .containsExactly(
                        "z 2 USD 0 USD",
                        "a 1.01 USD 0.005 USD",
                        "b 1 USD -0.0049999999 USD",
                        "c -1.01 USD -0.005 USD",
                        "d 0 USD -0.0001 USD");
        assertThat(lines.total()).isEqualTo(usd("3"));
        assertThat(lines.exactTotal()).isEqualTo(usd("3.0050999999"));
        assertThat(lines.rounding()).isEqualTo(usd("-0.0050999999"));
    }

    @Test
    void yen_have_no_cents() {
        CurrencyCode yen = CurrencyCode.of("JPY");
        BillableKey key = BillableKey.ofCalls("acme", OCTOBER, "openai", "gpt-4o", "chat", yen);

        InvoiceLines lines = InvoiceLines.close(yen, new TreeMap<>(Map.of(key, sum("12.5"))));

        assertThat(lines.total()).isEqualTo(Money.of("13", yen));
    }

    @Test
    void issuing_moves_the_exact_amount_and_books_the_remainder() {
        SortedMap<BillableKey, BillableSum> sums = new TreeMap<>();
        sums.put(key("2026-10", "a"), sum("1.005"));
        sums.put(key("2026-10", "b"), sum("1.004"));
        sums.put(key("2026-10", "c"), sum("-2.001"));
        sums.put(key("2026-10", "d"), sum("0"));

        List<ReasonedTransfer> transfers =
                ReasonedTransfer.ofIssue("acme", InvoiceLines.close(CurrencyCode.USD, sums));

        assertThat(transfers)
                .extracting(
                        it ->
                                it.line()
                                        + " "
                                        + it.reason()
                                        + ": "
                                        + it.transfer().debit().type().id()
                                        + " <- "
                                        + it.transfer().credit().type().id()
                                        + " "
                                        + it.transfer().amount())
                .containsExactly(
                        "1 INVOICE_LINE: billed_receivable <- unbilled_receivable 1.005 USD",
                        "1 ROUNDING: billed_receivable <- rounding 0.005 USD",
                        "2 INVOICE_LINE: billed_receivable <- unbilled_receivable 1.004 USD",
                        "2 ROUNDING: rounding <- billed_receivable 0.004 USD",
                        "3 INVOICE_LINE: unbilled_receivable <- billed_receivable 2.001 USD",
                        "3 ROUNDING: billed_receivable <- rounding 0.001 USD");
    }

    @Test
    void a_payment_clears_what_was_billed() {
        assertThat(ReasonedTransfer.ofPayment("acme", usd("12.34")))
                .extracting(
                        it ->
                                it.transfer().debit().type()
                                        + " <- "
                                        + it.transfer().credit().type()
                                        + " "
                                        + it.transfer().amount())
                .containsExactly("PAYMENT_CLEARING <- BILLED_RECEIVABLE 12.34 USD");
        assertThat(ReasonedTransfer.ofPayment("acme", usd("0"))).isEmpty();
    }

    @Test
    void a_number_has_six_digits_and_grows_beyond() {
        assertThat(new InvoiceNumber(2026, 1)).hasToString("INV-2026-000001");
        assertThat(new InvoiceNumber(2026, 1_234_567)).hasToString("INV-2026-1234567");
    }
}
