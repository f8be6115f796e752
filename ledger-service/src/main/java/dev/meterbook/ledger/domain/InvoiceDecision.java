package dev.meterbook.ledger.domain;

/** The answer of an invoice to a command. */
public sealed interface InvoiceDecision {

    /** Yes: this happens. */
    record Happens(InvoiceEvent event) implements InvoiceDecision {}

    /** It is so already: nothing happens. */
    record Unchanged() implements InvoiceDecision {}

    /**
     * No.
     *
     * @param reason why
     * @param field the field at fault
     * @param value what was found there
     * @param expected what would have been right
     */
    record Refused(InvoiceRefusal reason, String field, String value, String expected)
            implements InvoiceDecision {

        /** For people. */
        public String message() {
            return field + ": " + value + " (expected: " + expected + ")";
        }
    }
}
