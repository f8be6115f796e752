package dev.meterbook.ledger.document;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.ledger.domain.BillableKey;
import dev.meterbook.ledger.domain.BillableSum;
import dev.meterbook.ledger.domain.ChargeKind;
import dev.meterbook.ledger.domain.CreditPayment;
import dev.meterbook.ledger.domain.CreditPayments;
import dev.meterbook.ledger.domain.Examples;
import dev.meterbook.ledger.domain.InvoiceHeader;
import dev.meterbook.ledger.domain.InvoiceId;
import dev.meterbook.ledger.domain.InvoiceLines;
import dev.meterbook.ledger.domain.InvoiceNumber;
import dev.meterbook.ledger.domain.InvoiceSheet;
import dev.meterbook.ledger.domain.InvoiceState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Invoices to render. */
final class SampleInvoice {

    private static final Instant CREATED = Instant.parse("2026-11-01T09:00:00Z");
    private static final Instant ISSUED = Instant.parse("2026-11-02T10:30:00Z");

    private SampleInvoice() {}

    static InvoiceSheet issued(int lines) {
        return issued(lines(sums(lines)), List.of());
    }

    /** Two lines for calls, and one for a term of the plan. */
    static InvoiceSheet withMinimum() {
        SortedMap<BillableKey, BillableSum> sums = sums(2);
        sums.put(
                BillableKey.ofTerm(
                        "acme", Examples.OCTOBER, ChargeKind.MINIMUM, "=floor", CurrencyCode.USD),
                new BillableSum(0, 0, 0, new BigDecimal("12.345")));
        return issued(lines(sums), List.of());
    }

    /** Two lines, of which two credits paid all but 37.90 dollars. */
    static InvoiceSheet withCredits() {
        return issued(
                lines(sums(2)),
                List.of(
                        new CreditPayment("welcome", Examples.usd("200")),
                        new CreditPayment("prepaid-1", Examples.usd("1000"))));
    }

    private static InvoiceSheet issued(InvoiceLines content, List<CreditPayment> payments) {
        CreditPayments credits = new CreditPayments(CurrencyCode.USD, payments);
        return new InvoiceSheet(
                new InvoiceHeader(
                        new InvoiceId("acme", "october"),
                        InvoiceState.ISSUED,
                        Examples.OCTOBER,
                        CurrencyCode.USD,
                        CREATED,
                        new InvoiceHeader.Issue(
                                new InvoiceNumber(2026, 17),
                                content.total(),
                                content.exactTotal(),
                                credits.total(),
                                4711,
                                ISSUED),
                        null),
                content,
                credits,
                4711);
    }

    static InvoiceSheet draft() {
        return new InvoiceSheet(
                new InvoiceHeader(
                        new InvoiceId("acme", "october"),
                        InvoiceState.DRAFT,
                        Examples.OCTOBER,
                        CurrencyCode.USD,
                        CREATED,
                        null,
                        null),
                lines(sums(2)),
                CreditPayments.none(CurrencyCode.USD),
                4711);
    }

    private static InvoiceLines lines(SortedMap<BillableKey, BillableSum> sums) {
        return InvoiceLines.close(CurrencyCode.USD, sums);
    }

    private static SortedMap<BillableKey, BillableSum> sums(int count) {
        SortedMap<BillableKey, BillableSum> sums = new TreeMap<>();
        sums.put(key("2026-09", "anthropic", "claude-sonnet-4-5"), sum(12, "3.3333"));
        for (int i = 1; i < count; i++) {
            sums.put(
                    key("2026-10", "openai", String.format("gpt-%03d", i)),
                    sum(1000L * i, "1234.565"));
        }
        return sums;
    }

    private static BillableKey key(String month, String provider, String model) {
        return BillableKey.ofCalls(
                "acme", Examples.period(month), provider, model, "chat", CurrencyCode.USD);
    }

    private static BillableSum sum(long calls, String charge) {
        return new BillableSum(calls, calls * 1_500, calls * 300, new BigDecimal(charge));
    }
}
