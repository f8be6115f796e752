package dev.meterbook.ledger.domain;

import dev.meterbook.kernel.BillingPeriod;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An invoice without its lines, as people see it.
 *
 * @param id which invoice
 * @param state how far it has come
 * @param period the month that it is for
 * @param currency currency of its amounts
 * @param createTime when the draft was made
 * @param issue what issuing fixed; null for a draft
 * @param payTime when it was paid; null if it was not
 */
public record InvoiceHeader(
        InvoiceId id,
        InvoiceState state,
        BillingPeriod period,
        CurrencyCode currency,
        Instant createTime,
        @Nullable Issue issue,
        @Nullable Instant payTime) {

    /**
     * What issuing fixes.
     *
     * @param number the number
     * @param total the sum of the rounded lines
     * @param exactTotal the exact sum of the charges
     * @param credits what credits paid of the total
     * @param ratingPosition position in the rating log up to which the book was
     * @param issueTime when it was issued
     */
    public record Issue(
            InvoiceNumber number,
            Money total,
            Money exactTotal,
            Money credits,
            long ratingPosition,
            Instant issueTime) {

        /** What is left to pay when credits have paid. */
        public Money amountDue() {
            return total.minus(credits);
        }
    }

    /** The number, or {@code DRAFT}. */
    public String title() {
        Issue issued = issue;
        return issued == null ? "DRAFT" : issued.number().toString();
    }
}
