package dev.meterbook.ledger.domain;

import dev.meterbook.kernel.BillingPeriod;
import dev.meterbook.kernel.CurrencyCode;
import java.time.Instant;
import java.util.List;

/** What can be asked of an invoice. */
public sealed interface InvoiceCommand {

    /** Which invoice. */
    InvoiceId id();

    /**
     * Make a draft.
     *
     * @param id which invoice
     * @param period the month that it is for
     * @param currency currency of the charges it will take
     * @param at now
     */
    record MakeDraft(InvoiceId id, BillingPeriod period, CurrencyCode currency, Instant at)
            implements InvoiceCommand {}

    /**
     * Issue it.
     *
     * @param id which invoice
     * @param number the next free number
     * @param lines the lines as the book is now
     * @param credits the tenant's credits in the invoice's currency with something left, oldest
     *     first
     * @param ratingPosition position in the rating log up to which the book is
     * @param at now
     */
    record Issue(
            InvoiceId id,
            InvoiceNumber number,
            InvoiceLines lines,
            List<OpenCredit> credits,
            long ratingPosition,
            Instant at)
            implements InvoiceCommand {

        /** Keeps a copy. */
        public Issue {
            credits = List.copyOf(credits);
        }
    }

    /**
     * Mark it as paid in full.
     *
     * @param id which invoice
     * @param at now
     */
    record Pay(InvoiceId id, Instant at) implements InvoiceCommand {}
}
