package dev.meterbook.budget.application;

import dev.meterbook.budget.domain.Budget;
import dev.meterbook.budget.domain.BudgetCommand;
import dev.meterbook.budget.domain.BudgetProblem;

/** Where commands to budgets are handed in. */
public interface BudgetDesk {

    /** What became of a command. */
    sealed interface Result {

        /**
         * It is done, or was so already.
         *
         * @param budget the budget now
         */
        record Done(Budget budget) implements Result {}

        /**
         * It cannot be.
         *
         * @param problem why
         */
        record Refused(BudgetProblem problem) implements Result {}
    }

    /**
     * Carries a command out; when it returns, the events are stored.
     *
     * @throws BudgetBusyException if the budget was changed by others again and again meanwhile
     */
    Result handle(BudgetCommand command);
}
