package dev.meterbook.ledger.domain;

/** Why something asked of an invoice is not done; the names are stable reasons. */
public enum InvoiceRefusal {
    /** The tenant has no invoice of that id. */
    INVOICE_NOT_FOUND,
    /** An invoice of that id with other content exists. */
    INVOICE_ID_TAKEN,
    /** The period begins in the future. */
    PERIOD_NOT_STARTED,
    /** The tenant has charges in several currencies, or in none, and none was named. */
    CURRENCY_REQUIRED,
    /** There is no charge to invoice. */
    NOTHING_TO_INVOICE,
    /** There are more lines than an invoice may have. */
    TOO_MANY_LINES,
    /** It is not issued. */
    INVOICE_NOT_ISSUED,
    /** The book is being made anew, or part of what was invoiced before is set aside. */
    BOOK_NOT_WHOLE
}
