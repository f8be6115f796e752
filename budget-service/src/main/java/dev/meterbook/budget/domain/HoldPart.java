package dev.meterbook.budget.domain;

/**
 * What one budget holds for a call.
 *
 * @param budget which budget
 * @param bucket the bucket of its window, by its first second
 * @param kind whether it is tokens or an amount of currency
 * @param amount how much
 */
public record HoldPart(BudgetKey budget, long bucket, Kind kind, CounterAmount amount) {

    /** What is held. */
    public enum Kind {
        TOKENS,
        MONEY
    }

    /** The kind that a budget of a unit holds. */
    public static Kind kindOf(Unit unit) {
        return unit.isTokens() ? Kind.TOKENS : Kind.MONEY;
    }
}
