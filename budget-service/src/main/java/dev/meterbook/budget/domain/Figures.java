package dev.meterbook.budget.domain;

import java.math.BigDecimal;

/**
 * What the counters say of one window of one budget.
 *
 * @param spent settled
 * @param held held for calls to come, and for calls without a price
 * @param calls counted calls
 * @param unpricedCalls calls that have no price yet
 * @param otherCurrencyCalls calls charged in a currency that the budget does not count
 * @param completeness whether all of the past is in them
 */
public record Figures(
        CounterAmount spent,
        CounterAmount held,
        long calls,
        long unpricedCalls,
        long otherCurrencyCalls,
        Completeness completeness) {

    /** Whether the counters hold all of the window. */
    public enum Completeness {
        COMPLETE,
        /** What lies in the past is still being added. */
        BEING_REBUILT
    }

    /** Settled and held together. */
    public BigDecimal used() {
        return spent.value().add(held.value());
    }

    /** What is left of a limit; negative if it is exceeded. */
    public Amount remaining(Amount limit) {
        return limit.with(limit.value().subtract(used()));
    }
}
