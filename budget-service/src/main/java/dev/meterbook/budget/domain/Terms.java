package dev.meterbook.budget.domain;

import java.util.List;

/**
 * What can be changed in a budget.
 *
 * @param limit the ceiling
 * @param thresholdPercents percentages of the limit at which an alert is recorded, ascending
 * @param policy what happens with a call that does not fit
 */
public record Terms(Amount limit, List<Integer> thresholdPercents, Policy policy) {

    /** Takes a copy. */
    public Terms {
        thresholdPercents = List.copyOf(thresholdPercents);
    }

    /** The unit that is counted. */
    public Unit unit() {
        return limit.unit();
    }
}
