package dev.meterbook.ledger.domain;

import dev.meterbook.kernel.BillingPeriod;
import dev.meterbook.kernel.Money;

/**
 * A line of an invoice: the calls of one service period, provider, model and application.
 *
 * @param servicePeriod the month in which the calls occurred
 * @param provider the provider
 * @param model the model
 * @param application the application
 * @param calls how many calls
 * @param inputTokens input tokens, cached ones included
 * @param outputTokens output tokens, reasoning included
 * @param exactAmount exact sum of the charges
 * @param amount the amount to pay, in the currency's smallest unit
 */
public record InvoiceLine(
        BillingPeriod servicePeriod,
        String provider,
        String model,
        String application,
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
                key.provider(),
                key.model(),
                key.application(),
                sum.calls(),
                sum.inputTokens(),
                sum.outputTokens(),
                exact,
                exact.roundedToMinorUnit());
    }

    /** What rounding added: negative if it took away. */
    public Money remainder() {
        return amount.minus(exactAmount);
    }
}
