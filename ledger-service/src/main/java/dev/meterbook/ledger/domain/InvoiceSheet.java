package dev.meterbook.ledger.domain;

/**
 * A whole invoice, as people see it. The lines of a draft are as the book is now.
 *
 * @param header all but the lines
 * @param lines the lines
 * @param credits what credits paid; none of a draft
 * @param ratingPosition position in the rating log up to which the book was when they were taken
 */
public record InvoiceSheet(
        InvoiceHeader header, InvoiceLines lines, CreditPayments credits, long ratingPosition) {

    /** True if a line is of what became known late: its service period is before the invoice's. */
    public boolean isLate(InvoiceLine line) {
        return line.servicePeriod().compareTo(header.period()) < 0;
    }
}
