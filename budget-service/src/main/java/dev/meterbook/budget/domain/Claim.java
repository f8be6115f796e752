package dev.meterbook.budget.domain;

/** What a call would take from a budget at worst. */
public sealed interface Claim {

    /**
     * So much.
     *
     * @param amount in the budget's unit
     */
    record Known(Amount amount) implements Claim {}

    /**
     * It cannot be told.
     *
     * @param reason why
     */
    record Untold(LimitationReason reason) implements Claim {}
}
