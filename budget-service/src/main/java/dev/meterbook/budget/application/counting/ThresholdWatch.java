package dev.meterbook.budget.application.counting;

import dev.meterbook.budget.application.BudgetBook;
import dev.meterbook.budget.application.BudgetDesk;
import dev.meterbook.budget.application.CounterView;
import dev.meterbook.budget.application.CounterView.WindowQuery;
import dev.meterbook.budget.domain.Amount;
import dev.meterbook.budget.domain.Budget;
import dev.meterbook.budget.domain.BudgetCommand.ReportSpend;
import dev.meterbook.budget.domain.Figures;
import dev.meterbook.budget.domain.Figures.Completeness;
import dev.meterbook.budget.domain.Window;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Reports spend that has reached a threshold. It looks at how much is spent, not at what was added
 * last, so that a look that was missed is made good by the next one; the budget itself sees to it
 * that a threshold is alerted once in a window.
 */
@Singleton
public final class ThresholdWatch {

    private final CounterView counters;
    private final BudgetBook book;
    private final BudgetDesk desk;
    private final Clock clock;

    /** Watches the counters of the budgets of a book. */
    public ThresholdWatch(CounterView counters, BudgetBook book, BudgetDesk desk, Clock clock) {
        this.counters = counters;
        this.book = book;
        this.desk = desk;
        this.clock = clock;
    }

    private record Look(Budget budget, Instant moment) {}

    /** Looks at the windows of buckets that have just changed. */
    public void look(Collection<CountedBucket> touched) {
        Instant now = clock.instant();
        look(
                touched.stream()
                        .flatMap(
                                bucket ->
                                        book
                                                .find(bucket.budget())
                                                .map(
                                                        budget ->
                                                                new Look(
                                                                        budget,
                                                                        moment(
                                                                                bucket, budget,
                                                                                now)))
                                                .stream())
                        .toList(),
                now);
    }

    private static Instant moment(CountedBucket bucket, Budget budget, Instant now) {
        return budget.window().momentFor(Instant.ofEpochSecond(bucket.second()), now);
    }

    /** Looks at the present window of every budget. */
    public void lookAtAll() {
        Instant now = clock.instant();
        look(book.all().stream().map(budget -> new Look(budget, now)).toList(), now);
    }

    private void look(List<Look> all, Instant now) {
        List<Look> looks = new ArrayList<>(all);
        looks.removeIf(look -> hasNothingToReport(look));
        List<Look> distinct = looks.stream().distinct().toList();
        for (int from = 0; from < distinct.size(); from += CounterView.MAX_WINDOWS) {
            List<Look> some =
                    distinct.subList(
                            from, Math.min(distinct.size(), from + CounterView.MAX_WINDOWS));
            List<Figures> figures =
                    counters.read(
                            some.stream()
                                    .map(look -> WindowQuery.at(look.budget, look.moment))
                                    .toList(),
                            now);
            for (int i = 0; i < some.size(); i++) {
                report(some.get(i), figures.get(i), now);
            }
        }
    }

    /** Most looks end here, without a question to the counters. */
    private static boolean hasNothingToReport(Look look) {
        Window window = look.budget.window();
        return !window.counts(look.moment)
                || look.budget.unreached(window.alertStretchAt(look.moment)).isEmpty();
    }

    private void report(Look look, Figures figures, Instant now) {
        Amount spent = look.budget.terms().limit().with(figures.spent().value());
        Instant stretch = look.budget.window().alertStretchAt(look.moment);
        boolean reached =
                figures.completeness() == Completeness.COMPLETE
                        && !look.budget.newlyReached(stretch, spent).isEmpty();
        if (reached) {
            var _ = desk.handle(new ReportSpend(look.budget.key(), stretch, spent, now));
        }
    }
}
