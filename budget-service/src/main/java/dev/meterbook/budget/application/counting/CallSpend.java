package dev.meterbook.budget.application.counting;

import dev.meterbook.budget.application.BudgetBook;
import dev.meterbook.budget.domain.Budget;
import dev.meterbook.budget.domain.RatedCall;
import dev.meterbook.budget.domain.Tally;
import dev.meterbook.budget.domain.Unit;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Sums what calls add, for each bucket of each budget. Used by one thread. */
final class CallSpend {

    private final BudgetBook book;
    private final Instant now;
    private final Map<CountedBucket, Tally> sums = new LinkedHashMap<>();

    CallSpend(BudgetBook book, Instant now) {
        this.book = book;
        this.now = now;
    }

    /** Adds a call to every budget that covers it and is wanted. */
    void add(RatedCall call, Predicate<Budget> wanted) {
        @Nullable Unit unit = null;
        Tally tally = Tally.NONE;
        for (Budget budget : book.covering(call.dimensions())) {
            if (!budget.unit().equals(unit)) { // most budgets of a call count the same
                unit = budget.unit();
                tally = Tally.of(unit, call);
            }
            if (!tally.isNothing()
                    && wanted.test(budget)
                    && budget.window().keeps(call.occurTime(), now)) {
                long second = budget.window().bucketAt(call.occurTime());
                sums.merge(new CountedBucket(budget.key(), second), tally, Tally::plus);
            }
        }
    }

    Set<CountedBucket> buckets() {
        return sums.keySet();
    }

    List<Increment> increments() {
        return sums.entrySet().stream()
                .map(each -> new Increment(each.getKey(), each.getValue()))
                .toList();
    }
}
