package dev.meterbook.budget.application;

import dev.meterbook.budget.domain.Budget;
import dev.meterbook.budget.domain.Figures;
import java.time.Instant;
import java.util.List;

/** Reads what is spent and held. */
public interface CounterView {

    /** Windows of one question at most. */
    int MAX_WINDOWS = 1_000;

    /**
     * Reads figures; what has expired is not in them.
     *
     * @param windows at most {@value #MAX_WINDOWS}
     * @return figures for each, in the same order
     * @throws CountersUnavailableException if they cannot be reached
     */
    List<Figures> read(List<WindowQuery> windows, Instant now);

    /**
     * Asks for one window.
     *
     * @param budget which budget
     * @param buckets what it is the sum of
     */
    record WindowQuery(Budget budget, List<Long> buckets) {

        /** The window in which a budget counts a moment. */
        public static WindowQuery at(Budget budget, Instant moment) {
            return new WindowQuery(budget, budget.window().bucketsAt(moment));
        }
    }
}
