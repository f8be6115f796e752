package dev.meterbook.budget.application.admission;

/** What becomes of an {@link AuthorizeQuestion}. */
public sealed interface AuthorizeOutcome {

    /**
     * It is answered.
     *
     * @param authorization the answer
     */
    record Answered(Authorization authorization) implements AuthorizeOutcome {}

    /** Another question was asked under its request id. */
    record RequestIdReused() implements AuthorizeOutcome {}

    /** Too much waits to be written; try again a little later. */
    record Overloaded() implements AuthorizeOutcome {}
}
