package dev.meterbook.budget.application.admission;

import dev.meterbook.budget.domain.Budget;
import dev.meterbook.budget.domain.CounterAmount;
import dev.meterbook.budget.domain.HoldPart;
import java.util.List;

/**
 * What is to be held in one budget.
 *
 * @param budget which budget; its limit and policy are those known now
 * @param amount how much
 * @param buckets the buckets whose sum is the window; the last one is to hold
 */
public record HoldLine(Budget budget, CounterAmount amount, List<Long> buckets) {

    /** Takes a copy. */
    public HoldLine {
        buckets = List.copyOf(buckets);
    }

    /** What the budget holds once it is placed. */
    public HoldPart part() {
        return new HoldPart(
                budget.key(), buckets.getLast(), HoldPart.kindOf(budget.unit()), amount);
    }
}
