package dev.meterbook.ledger.domain;

/** The answer of a credit to a command. */
public sealed interface CreditDecision {

    /** Yes: this happens. */
    record Happens(CreditGranted event) implements CreditDecision {}

    /** It is so already: nothing happens. */
    record Unchanged() implements CreditDecision {}

    /**
     * No.
     *
     * @param reason why
     * @param message for people
     */
    record Refused(CreditRefusal reason, String message) implements CreditDecision {}
}
