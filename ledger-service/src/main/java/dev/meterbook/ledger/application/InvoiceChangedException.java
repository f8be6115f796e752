package dev.meterbook.ledger.application;

/**
 * Another transaction changed the invoice meanwhile: this one is rolled back; trying again helps.
 */
public final class InvoiceChangedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Wraps what the event store said. */
    public InvoiceChangedException(Throwable cause) {
        super("the invoice was changed meanwhile", cause);
    }
}
