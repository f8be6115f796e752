package dev.meterbook.ledger.domain;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Money;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * The lines of an invoice in one currency, ordered by service period; within one first the calls by
 * provider, model and application, then spend terms.
 *
 * @param currency currency of every line
 * @param lines the lines
 */
public record InvoiceLines(CurrencyCode currency, List<InvoiceLine> lines) {

    /** Lines of one invoice at most. */
    public static final int MAX_LINES = 5_000;

    /** Keeps a copy. */
    public InvoiceLines {
        lines = List.copyOf(lines);
    }

    /** Closes sums of one tenant and currency into lines, each rounded once. */
    public static InvoiceLines close(
            CurrencyCode currency, SortedMap<BillableKey, BillableSum> sums) {
        return new InvoiceLines(
                currency,
                sums.entrySet().stream()
                        .map(
                                (Map.Entry<BillableKey, BillableSum> it) ->
                                        InvoiceLine.close(it.getKey(), it.getValue()))
                        .toList());
    }

    /** What the invoice says before credits pay: the sum of rounded amounts. */
    public Money total() {
        return sum(InvoiceLine::amount);
    }

    /** The exact sum of the charges. */
    public Money exactTotal() {
        return sum(InvoiceLine::exactAmount);
    }

    /** What rounding added to all lines together. */
    public Money rounding() {
        return sum(InvoiceLine::remainder);
    }

    private Money sum(Function<InvoiceLine, Money> part) {
        return lines.stream().map(part).reduce(Money.zero(currency), Money::plus);
    }
}
