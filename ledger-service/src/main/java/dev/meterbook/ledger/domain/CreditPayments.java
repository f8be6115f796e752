package dev.meterbook.ledger.domain;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What credits pay of one invoice, in the order in which they do.
 *
 * @param currency currency of every payment
 * @param payments the payments
 */
public record CreditPayments(CurrencyCode currency, List<CreditPayment> payments) {

    /** Credits that pay one invoice at most. */
    public static final int MAX_PAYMENTS = 1_000;

    /** Those that expire first go first; those that never do go last. The sort is stable. */
    private static final Comparator<OpenCredit> FIRST_TO_EXPIRE =
            Comparator.comparing(
                    OpenCredit::expireTime, Comparator.nullsLast(Comparator.naturalOrder()));

    /** Keeps a copy. */
    public CreditPayments {
        payments = List.copyOf(payments);
    }

    /** No credit pays anything. */
    public static CreditPayments none(CurrencyCode currency) {
        return new CreditPayments(currency, List.of());
    }

    /**
     * Lets credits pay: those that expire first go first, then the oldest. Together they pay at
     * most the total, each at most what it has left, an expired one nothing. A total of zero or
     * less needs no credit.
     *
     * @param total the invoice's total
     * @param oldestFirst the tenant's credits in the total's currency
     * @param at when the invoice is issued
     */
    public static CreditPayments of(Money total, List<OpenCredit> oldestFirst, Instant at) {
        List<OpenCredit> usable =
                oldestFirst.stream()
                        .filter(credit -> isOpen(credit, at))
                        .sorted(FIRST_TO_EXPIRE)
                        .limit(MAX_PAYMENTS)
                        .toList();
        List<CreditPayment> payments = new ArrayList<>();
        Money due = total;
        for (OpenCredit credit : usable) {
            if (due.amount().signum() <= 0) {
                break;
            }
            Money paid = lesser(due, credit.remaining());
            payments.add(new CreditPayment(credit.id(), paid));
            due = due.minus(paid);
        }
        return new CreditPayments(total.currency(), payments);
    }

    private static boolean isOpen(OpenCredit credit, Instant at) {
        Instant end = credit.expireTime();
        return end == null || at.isBefore(end);
    }

    private static Money lesser(Money one, Money other) {
        return one.minus(other).amount().signum() <= 0 ? one : other;
    }

    /** What they pay together. */
    public Money total() {
        return payments.stream()
                .map(CreditPayment::amount)
                .reduce(Money.zero(currency), Money::plus);
    }

    /** True if they pay all of an invoice, and there was something to pay. */
    public boolean payWholly(Money invoiceTotal) {
        return !payments.isEmpty() && total().equals(invoiceTotal);
    }
}
