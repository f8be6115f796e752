package dev.meterbook.budget.application;

import dev.meterbook.budget.application.BudgetDesk.Result;
import dev.meterbook.budget.application.counting.CounterKeeper;
import dev.meterbook.budget.domain.BudgetCommand;
import dev.meterbook.budget.domain.BudgetCommand.DefineBudget;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Creates, changes and archives budgets; when it answers, the change is in force in this process.
 */
@Singleton
public final class BudgetAdministration {

    /** Active budgets of a tenant, or of the operator, at most. */
    public static final int MAX_BUDGETS = 10_000;

    /** How long an answer waits for a new budget to be counted. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final BudgetDesk desk;
    private final BudgetBook book;
    private final BudgetFollowing following;
    private final CounterKeeper keeper;

    /** Hands commands in at a desk. */
    public BudgetAdministration(
            BudgetDesk desk, BudgetBook book, BudgetFollowing following, CounterKeeper keeper) {
        this.desk = desk;
        this.book = book;
        this.following = following;
        this.keeper = keeper;
    }

    /** True if the owner of a budget has as many as it may. */
    public boolean isFullFor(DefineBudget command) {
        return book.find(command.key()).isEmpty()
                && book.countOf(command.key().tenantId()) >= MAX_BUDGETS;
    }

    /** Carries a command out. */
    public Result handle(BudgetCommand command) {
        Result result = desk.handle(command);
        following.catchUp();
        if (command instanceof DefineBudget && result instanceof Result.Done) {
            awaitCounted(command);
        }
        return result;
    }

    /** A budget that is not counted yet refuses calls: better to answer a moment later. */
    private void awaitCounted(BudgetCommand command) {
        try {
            var _ = keeper.awaitCounted(command.key(), PATIENCE);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
