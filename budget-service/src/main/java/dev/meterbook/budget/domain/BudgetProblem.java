package dev.meterbook.budget.domain;

/** Why a budget refuses a command. The names are stable: callers get them as reasons. */
public enum BudgetProblem {
    /** There is none of that name. */
    UNKNOWN_BUDGET,
    /** The id is taken by another one. */
    BUDGET_EXISTS,
    /** It is archived. */
    BUDGET_ARCHIVED,
    /** The unit of a limit never changes. */
    IMMUTABLE_FIELD
}
