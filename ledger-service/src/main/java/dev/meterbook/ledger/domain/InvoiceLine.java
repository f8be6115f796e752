package dev.meterbook.ledger.domain;

import dev.meterbook.kernel.BillingPeriod;
import dev.meterbook.kernel.Money;

/**
 * A line of an invoice: the calls of one service period, provider, model and application, or what a
 * spend term of the tenant's plan asks for beside them.
 *
 * @param servicePeriod the month in which the calls occurred or the settled period ended
 * @param kind what is charged for
 * @param provider the provider; empty for a term
 * @param model the model; empty for a term
 * @param application the application; empty for a term
 * @param term id of the spend term; empty for calls
 * @param calls how many calls
 * @param inputTokens input tokens, cached ones included
 * @param outputTokens output tokens, reasoning included
 * @param exactAmount exact sum of the charges
 * @param amount the amount to pay, in the currency's smallest unit
 */
public record InvoiceLine(
        BillingPeriod servicePeriod,
        ChargeKind kind,
        String provider,
        String model,
        String application,
        String term,
        long calls,
        long inputTokens,
        long outputTokens,
        Money exactAmount,
        Money amount) {

    /** Closes a line: the one place where a charge is rounded. */
    static InvoiceLine close(BillableKey key, BillableSum sum) {
        Money exact = new Money(sum.charge(), key.currency());
        return new InvoiceLine(
                key.servicePeriod(),
                key.kind(),
                key.provider(),
                key.model(),
                key.application(),
                key.term(),
                sum.calls(),
                sum.inputTokens(),
                sum.outputTokens(),
                exact,
                exact.roundedToMinorUnit());
    }

    /** True if it is for calls, not for a spend term. */
    public boolean isUsage() {
        return kind == ChargeKind.USAGE;
    }

    /** What rounding added: negative if it took away. */
    public Money remainder() {
        return amount.minus(exactAmount);
    }
}
