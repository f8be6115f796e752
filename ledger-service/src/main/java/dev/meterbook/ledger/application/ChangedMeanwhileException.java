package dev.meterbook.ledger.application;

/**
 * Another transaction changed the invoice or credit meanwhile: this one is rolled back; trying
 * again helps.
 */
public final class ChangedMeanwhileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What was read is not so any more. */
    public ChangedMeanwhileException() {
        super("changed meanwhile");
    }

    /** Wraps what the event store said. */
    public ChangedMeanwhileException(Throwable cause) {
        super("changed meanwhile", cause);
    }
}
