package dev.meterbook.budget.domain;

import java.time.Instant;

/** What a budget can be asked to do. */
public sealed interface BudgetCommand {

    /** Which budget. */
    BudgetKey key();

    /** When it was asked. */
    Instant time();

    /**
     * Come into force.
     *
     * @param scope what to cover
     * @param window over which time; a total that begins with the command's time stands for one
     *     whose start was not told
     * @param terms the rest
     */
    record DefineBudget(BudgetKey key, Scope scope, Window window, Terms terms, Instant time)
            implements BudgetCommand {}

    /**
     * Have other terms.
     *
     * @param change which
     */
    record ChangeBudget(BudgetKey key, TermsChange change, Instant time) implements BudgetCommand {}

    /** Be out of force. */
    record ArchiveBudget(BudgetKey key, Instant time) implements BudgetCommand {}

    /**
     * Alert, if a threshold is reached.
     *
     * @param windowStart the window, as {@link Window#alertStretchAt} names it
     * @param spent what has been settled in it
     */
    record ReportSpend(BudgetKey key, Instant windowStart, Amount spent, Instant time)
            implements BudgetCommand {}
}
