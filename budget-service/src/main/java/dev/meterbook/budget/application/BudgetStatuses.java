package dev.meterbook.budget.application;

import dev.meterbook.budget.application.CounterView.WindowQuery;
import dev.meterbook.budget.domain.Budget;
import dev.meterbook.budget.domain.Figures;
import dev.meterbook.budget.domain.Window;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells how much of budgets is used. */
@Singleton
public final class BudgetStatuses {

    private final CounterView counters;
    private final Clock clock;

    /** Reads counters. */
    public BudgetStatuses(CounterView counters, Clock clock) {
        this.counters = counters;
        this.clock = clock;
    }

    /**
     * How much of a budget is used.
     *
     * @param budget which budget
     * @param span its window
     * @param figures what is counted in it
     */
    public record Status(Budget budget, Window.Span span, Figures figures) {}

    /**
     * The present windows of budgets, in the same order; at most {@link CounterView#MAX_WINDOWS}.
     */
    public List<Status> now(List<Budget> budgets) {
        Instant now = clock.instant();
        return read(budgets, now, now);
    }

    /**
     * The window of a budget that holds a moment.
     *
     * @return empty if it is not kept; rolling windows are kept for the present moment only
     */
    public Optional<Status> at(Budget budget, Instant moment) {
        Instant now = clock.instant();
        boolean kept =
                !(budget.window() instanceof Window.Rolling) && budget.window().keeps(moment, now);
        return kept ? Optional.of(read(List.of(budget), moment, now).getFirst()) : Optional.empty();
    }

    private List<Status> read(List<Budget> budgets, Instant moment, Instant now) {
        List<Figures> figures =
                counters.read(
                        budgets.stream().map(budget -> WindowQuery.at(budget, moment)).toList(),
                        now);
        List<Status> statuses = new ArrayList<>(budgets.size());
        for (int i = 0; i < budgets.size(); i++) {
            Budget budget = budgets.get(i);
            statuses.add(new Status(budget, budget.window().spanAt(moment), figures.get(i)));
        }
        return statuses;
    }
}
