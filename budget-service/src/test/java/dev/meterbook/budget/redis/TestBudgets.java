package dev.meterbook.budget.redis;

import dev.meterbook.budget.domain.AlertHistory;
import dev.meterbook.budget.domain.Amount;
import dev.meterbook.budget.domain.Budget;
import dev.meterbook.budget.domain.BudgetKey;
import dev.meterbook.budget.domain.Policy;
import dev.meterbook.budget.domain.Scope;
import dev.meterbook.budget.domain.Terms;
import dev.meterbook.budget.domain.Window;
import dev.meterbook.kernel.CurrencyCode;
import java.time.Instant;
import java.util.List;

/** Budgets for tests. */
final class TestBudgets {

    static final Instant START = Instant.parse("2026-07-01T00:00:00Z");

    private TestBudgets() {}

    /** A total of dollars that denies. */
    static Budget denying(String id, String dollars) {
        return of(id, Amount.of(dollars, CurrencyCode.USD), new Policy.Deny());
    }

    static Budget of(String id, Amount limit, Policy policy) {
        return new Budget(
                new BudgetKey("acme", id),
                Scope.EVERYTHING,
                new Window.Total(START),
                new Terms(limit, List.of(), policy),
                Budget.Status.ACTIVE,
                AlertHistory.NONE,
                START,
                START);
    }
}
