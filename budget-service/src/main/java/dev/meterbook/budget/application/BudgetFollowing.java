package dev.meterbook.budget.application;

/** Keeps the {@link BudgetBook} fresh. */
public interface BudgetFollowing {

    /** Takes everything into the book that is in the log now. */
    void catchUp();
}
