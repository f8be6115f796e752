package dev.meterbook.ledger.domain;

import dev.meterbook.kernel.BillingPeriod;
import dev.meterbook.kernel.CurrencyCode;
import java.time.Instant;

/** What happened to an invoice. */
public sealed interface InvoiceEvent {

    /** Which invoice. */
    InvoiceId id();

    /**
     * A draft was made.
     *
     * @param id which invoice
     * @param period the month that it is for
     * @param currency currency of its amounts
     * @param createTime when
     */
    record InvoiceDrafted(
            InvoiceId id, BillingPeriod period, CurrencyCode currency, Instant createTime)
            implements InvoiceEvent {}

    /**
     * It was issued; and paid at once if credits paid all of it.
     *
     * @param id which invoice
     * @param number its number
     * @param lines its lines
     * @param credits what credits paid
     * @param ratingPosition position in the rating log up to which the book was
     * @param issueTime when
     */
    record InvoiceIssued(
            InvoiceId id,
            InvoiceNumber number,
            InvoiceLines lines,
            CreditPayments credits,
            long ratingPosition,
            Instant issueTime)
            implements InvoiceEvent {

        /** True if credits paid all of it, so that nothing is left to pay. */
        public boolean isPaid() {
            return credits.payWholly(lines.total());
        }
    }

    /**
     * It was paid in full.
     *
     * @param id which invoice
     * @param payTime when
     */
    record InvoicePaid(InvoiceId id, Instant payTime) implements InvoiceEvent {}
}
