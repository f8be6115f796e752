package dev.meterbook.budget.application.counting;

import dev.meterbook.budget.application.BudgetBook;
import dev.meterbook.budget.application.counting.SpendCounters.Standing;
import dev.meterbook.budget.domain.Budget;
import dev.meterbook.budget.domain.BudgetKey;
import dev.meterbook.budget.domain.RatedCall;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Adds to a budget what was spent before it was counted: to a new one within a window that has
 * begun already, and to all of them after the counters were lost. Until that is done, hard budgets
 * refuse.
 */
@Singleton
public final class Backfill {

    /** Budgets of one question. */
    private static final int MAX_BUDGETS = 500;

    /** A call can be recorded this long before it occurs, as clocks go. */
    private static final Duration AHEAD = Duration.ofHours(2);

    private final SpendCounters counters;
    private final RatingLog log;
    private final BudgetBook book;
    private final Clock clock;
    private volatile long scanned;

    /** Adds calls of a log to the budgets of a book. */
    public Backfill(SpendCounters counters, RatingLog log, BudgetBook book, Clock clock) {
        this.counters = counters;
        this.log = log;
        this.book = book;
        this.clock = clock;
    }

    /**
     * Counts every budget of the book from now on.
     *
     * @param already budgets that are known to be counted
     * @return those that are not complete, with the place from which they are counted
     */
    Map<BudgetKey, Progress> include(Set<BudgetKey> already) {
        long position = book.position();
        List<BudgetKey> keys =
                book.all().stream().map(Budget::key).filter(key -> !already.contains(key)).toList();
        Map<BudgetKey, Progress> incomplete = new HashMap<>();
        for (int from = 0; from == 0 || from < keys.size(); from += MAX_BUDGETS) {
            List<BudgetKey> some = keys.subList(from, Math.min(keys.size(), from + MAX_BUDGETS));
            List<Standing> standings = counters.include(some, position);
            for (int i = 0; i < some.size(); i++) {
                if (standings.get(i) instanceof Standing.CountedSince(Progress since)) {
                    incomplete.put(some.get(i), since);
                }
            }
        }
        return incomplete;
    }

    /** Completes budgets. */
    void fill(Map<BudgetKey, Progress> incomplete) {
        if (incomplete.isEmpty()) {
            return;
        }
        CallSpend spend = new CallSpend(book, clock.instant());
        Progress end = incomplete.values().stream().max(Progress::compareTo).orElseThrow();
        scan(earliestKept(incomplete), end, batch -> add(batch, incomplete, spend));
        Map<BudgetKey, List<Increment>> byBudget = new HashMap<>();
        for (Increment each : spend.increments()) {
            byBudget.computeIfAbsent(each.bucket().budget(), any -> new ArrayList<>()).add(each);
        }
        incomplete.forEach(
                (key, since) -> counters.fill(key, since, byBudget.getOrDefault(key, List.of())));
    }

    private static void add(
            RatedBatch batch, Map<BudgetKey, Progress> incomplete, CallSpend spend) {
        for (int i = 0; i < batch.calls().size(); i++) {
            int index = i;
            RatedCall call = batch.calls().get(i);
            spend.add(
                    call,
                    budget -> {
                        Progress since = incomplete.get(budget.key());
                        return since != null && since.covers(batch.position(), index);
                    });
        }
    }

    /** How far the scan that is under way is, or the last one was. */
    long scanned() {
        return scanned;
    }

    /** Shows the events that were recorded since a moment, up to a place. */
    void scan(Instant recordedSince, Progress end, Consumer<RatedBatch> each) {
        long last = end.position() + (end.calls() > 0 ? 1 : 0);
        long position = log.lastBefore(recordedSince.minus(AHEAD));
        while (position < last) {
            scanned = position;
            List<RatedBatch> page = log.read(position, Settlement.PAGE);
            if (page.isEmpty()) {
                return;
            }
            page.stream().filter(batch -> batch.position() <= last).forEach(each);
            position = page.getLast().position();
        }
    }

    /** Nothing that was recorded long before this can lie in a window that is kept. */
    private Instant earliestKept(Map<BudgetKey, Progress> incomplete) {
        Instant now = clock.instant();
        return incomplete.keySet().stream()
                .flatMap(key -> book.find(key).stream())
                .map(budget -> budget.window().keptFrom(now))
                .min(Instant::compareTo)
                .orElse(now);
    }
}
