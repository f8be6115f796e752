package dev.meterbook.budget.application.counting;

import dev.meterbook.budget.domain.BudgetKey;

/**
 * A bucket of a budget.
 *
 * @param budget which budget
 * @param second the bucket's first second
 */
public record CountedBucket(BudgetKey budget, long second) {}
