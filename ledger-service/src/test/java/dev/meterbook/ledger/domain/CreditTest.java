package dev.meterbook.ledger.domain;

import static dev.meterbook.ledger.domain.Examples.key;
import static dev.meterbook.ledger.domain.Examples.sum;
import static dev.meterbook.ledger.domain.Examples.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Money;
import dev.meterbook.ledger.domain.InvoiceCommand.Issue;
import dev.meterbook.ledger.domain.InvoiceCommand.Pay;
import dev.meterbook.ledger.domain.InvoiceEvent.InvoiceDrafted;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CreditTest {

    private static final Instant NOW = Instant.parse("2026-11-02T08:00:00Z");
    private static final Instant LATER = Instant.parse("2026-12-01T00:00:00Z");
    private static final CreditId ID = new CreditId("acme", "prepaid");
    private static final InvoiceId OCTOBER = new InvoiceId("acme", "october");

    private static GrantCredit grant(String amount, @Nullable Instant expireTime) {
        return new GrantCredit(
                ID, new CreditTerms(CreditKind.PURCHASED, usd(amount), "order 7", expireTime), NOW);
    }

    private static CreditGranted granted(GrantCredit command) {
        return new CreditGranted(ID, command.terms(), NOW);
    }

    @Test
    void is_granted_once() {
        GrantCredit grant = grant("100", LATER);
        Credit credit = Credit.NONE.evolve(granted(grant));

        assertThat(Credit.NONE.decide(grant)).isEqualTo(new CreditDecision.Happens(granted(grant)));
        assertThat(credit.decide(grant)).isEqualTo(new CreditDecision.Unchanged());
        assertThat(credit.decide(new GrantCredit(ID, grant.terms(), LATER.plusSeconds(1))))
                .as("a repeat after it has expired")
                .isEqualTo(new CreditDecision.Unchanged());
        assertThatIllegalStateException().isThrownBy(() -> credit.evolve(granted(grant)));
    }

    @Test
    void an_id_stands_for_one_content() {
        Credit credit = Credit.NONE.evolve(granted(grant("100", LATER)));

        assertThat(credit.decide(grant("100.01", LATER)))
                .isEqualTo(
                        new CreditDecision.Refused(
                                CreditRefusal.CREDIT_ID_TAKEN,
                                "credit_id: prepaid (expected: an id not used for another"
                                        + " credit)"));
        assertThat(credit.decide(grant("100", null))).isInstanceOf(CreditDecision.Refused.class);
    }

    @Test
    void a_credit_that_would_have_expired_is_refused() {
        assertThat(Credit.NONE.decide(grant("1", NOW)))
                .isEqualTo(
                        new CreditDecision.Refused(
                                CreditRefusal.EXPIRE_TIME_PASSED,
                                "expire_time: 2026-11-02T08:00:00Z (expected: after"
                                        + " 2026-11-02T08:00:00Z)"));
        assertThat(Credit.NONE.decide(grant("1", NOW.plusNanos(1_000))))
                .isInstanceOf(CreditDecision.Happens.class);
    }

    @Test
    void an_amount_is_above_zero_and_of_whole_cents() {
        for (String amount : List.of("0", "-1", "0.005")) {
            assertThatIllegalArgumentException().isThrownBy(() -> grant(amount, null));
        }
        Money halfAYen = Money.of("0.5", CurrencyCode.of("JPY"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CreditTerms(CreditKind.PROMOTIONAL, halfAYen, "", null));
        String tooLong = "n".repeat(201);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CreditTerms(CreditKind.PROMOTIONAL, usd("1"), tooLong, null));
    }

    @Test
    void a_grant_is_owed_to_the_tenant_and_paid_or_given() {
        assertThat(moved(CreditKind.PURCHASED))
                .isEqualTo("acme/payment_clearing.USD <- acme/tenant_credit.USD 5 USD");
        assertThat(moved(CreditKind.PROMOTIONAL))
                .isEqualTo("/promotional_credit.USD <- acme/tenant_credit.USD 5 USD");
    }

    private static String moved(CreditKind kind) {
        CreditTerms terms = new CreditTerms(kind, usd("5"), "", null);
        Transfer transfer = ReasonedTransfer.ofGrant(new CreditGranted(ID, terms, NOW)).transfer();
        return "%s/%s <- %s/%s %s"
                .formatted(
                        transfer.debit().tenant(),
                        transfer.debit().id(),
                        transfer.credit().tenant(),
                        transfer.credit().id(),
                        transfer.amount());
    }

    private static OpenCredit open(String id, String left, @Nullable Instant expireTime) {
        return new OpenCredit(id, usd(left), expireTime);
    }

    private static List<String> paid(String total, OpenCredit... oldestFirst) {
        return CreditPayments.of(usd(total), List.of(oldestFirst), NOW).payments().stream()
                .map(it -> it.credit() + " " + it.amount().plainAmount())
                .toList();
    }

    @Test
    void credits_that_expire_first_pay_first_then_the_oldest() {
        OpenCredit[] credits = {
            open("old", "10", null),
            open("december", "10", LATER),
            open("new", "10", null),
            open("soon", "10", NOW.plusSeconds(1)),
            open("december-2", "10", LATER)
        };

        assertThat(paid("44.5", credits))
                .containsExactly("soon 10", "december 10", "december-2 10", "old 10", "new 4.5");
        assertThat(paid("10", credits)).containsExactly("soon 10");
        assertThat(paid("10.01", credits)).containsExactly("soon 10", "december 0.01");
        assertThat(paid("1000", credits)).hasSize(5);
    }

    @Test
    void an_expired_credit_pays_nothing() {
        assertThat(paid("5", open("gone", "10", NOW), open("there", "1", null)))
                .containsExactly("there 1");
    }

    @Test
    void nothing_to_pay_takes_no_credit() {
        assertThat(paid("0", open("a", "10", null))).isEmpty();
        assertThat(paid("-3", open("a", "10", null))).isEmpty();
    }

    @Test
    void at_most_1000_credits_pay_one_invoice() {
        List<OpenCredit> many = Collections.nCopies(1_001, open("a", "1", null));

        assertThat(CreditPayments.of(usd("5000"), many, NOW).total()).isEqualTo(usd("1000"));
    }

    private static Invoice issued(String charge, OpenCredit... credits) {
        InvoiceLines lines =
                InvoiceLines.close(
                        CurrencyCode.USD,
                        new TreeMap<>(Map.of(key("2026-10", "gpt-4o"), sum(charge))));
        Invoice draft =
                Invoice.NONE.evolve(
                        new InvoiceDrafted(OCTOBER, Examples.OCTOBER, CurrencyCode.USD, NOW));
        InvoiceDecision decision =
                draft.decide(
                        new Issue(
                                OCTOBER,
                                new InvoiceNumber(2026, 1),
                                lines,
                                List.of(credits),
                                42,
                                NOW));
        return draft.evolve(((InvoiceDecision.Happens) decision).event());
    }

    @Test
    void an_invoice_that_credits_pay_wholly_is_paid_at_once() {
        Invoice.Paid paid = (Invoice.Paid) issued("12.345", open("a", "20", null));

        assertThat(paid.payTime()).isEqualTo(NOW);
        assertThat(paid.issued().event().credits().total()).isEqualTo(usd("12.35"));
        assertThat(paid.decide(new Pay(OCTOBER, LATER))).isEqualTo(new InvoiceDecision.Unchanged());
    }

    @Test
    void an_invoice_with_something_to_pay_or_to_pay_back_is_not_paid() {
        assertThat(issued("12.345", open("a", "12.34", null))).isInstanceOf(Invoice.Issued.class);
        assertThat(issued("12.345")).isInstanceOf(Invoice.Issued.class);
        assertThat(issued("0.001", open("a", "1", null))).isInstanceOf(Invoice.Issued.class);
        assertThat(issued("-1", open("a", "1", null))).isInstanceOf(Invoice.Issued.class);
    }

    @Test
    void what_credits_pay_leaves_what_is_billed_and_what_is_owed() {
        CreditPayments payments =
                new CreditPayments(
                        CurrencyCode.USD,
                        List.of(
                                new CreditPayment("a", usd("2")),
                                new CreditPayment("b", usd("0.5"))));

        assertThat(ReasonedTransfer.ofCredits("acme", payments))
                .extracting(
                        it ->
                                it.reason()
                                        + " "
                                        + it.credit()
                                        + ": "
                                        + it.transfer().debit().id()
                                        + " <- "
                                        + it.transfer().credit().id()
                                        + " "
                                        + it.transfer().amount())
                .containsExactly(
                        "CREDIT_APPLIED a: tenant_credit.USD <- billed_receivable.USD 2 USD",
                        "CREDIT_APPLIED b: tenant_credit.USD <- billed_receivable.USD 0.5 USD");
    }

    @Test
    void codes_of_kinds_never_change() {
        assertThat(CreditKind.ofCode(1)).contains(CreditKind.PURCHASED);
        assertThat(CreditKind.ofCode(2)).contains(CreditKind.PROMOTIONAL);
        assertThat(CreditKind.ofCode(0)).isEmpty();
        assertThat(CreditKind.ofCode(3)).isEmpty();
    }
}
