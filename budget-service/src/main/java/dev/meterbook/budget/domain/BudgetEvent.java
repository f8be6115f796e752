package dev.meterbook.budget.domain;

import java.time.Instant;

/** What happened to a budget. */
public sealed interface BudgetEvent {

    /** Which budget. */
    BudgetKey key();

    /** When. */
    Instant time();

    /** It is in force from now on. */
    record BudgetDefined(BudgetKey key, Scope scope, Window window, Terms terms, Instant time)
            implements BudgetEvent {}

    /**
     * It has other terms from now on.
     *
     * @param terms all of them
     */
    record BudgetChanged(BudgetKey key, Terms terms, Instant time) implements BudgetEvent {}

    /** It is not in force any more. */
    record BudgetArchived(BudgetKey key, Instant time) implements BudgetEvent {}

    /**
     * Spend reached a threshold for the first time in a window.
     *
     * @param percent the threshold
     * @param windowStart the window
     * @param spent what had been settled
     * @param limit the ceiling at that time
     */
    record ThresholdReached(
            BudgetKey key,
            int percent,
            Instant windowStart,
            Amount spent,
            Amount limit,
            Instant time)
            implements BudgetEvent {}
}
