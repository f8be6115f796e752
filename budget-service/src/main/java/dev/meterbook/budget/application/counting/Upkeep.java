package dev.meterbook.budget.application.counting;

import dev.meterbook.budget.application.BudgetBook;
import dev.meterbook.budget.application.admission.HoldJournal;
import dev.meterbook.budget.domain.Budget;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What has to be done now and then: end holds whose time has come and record that, look for
 * thresholds that were missed, forget what is not needed any more. Used by one thread.
 */
@Singleton
public final class Upkeep {

    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final Duration PRUNE = Duration.ofMinutes(10);

    /** How long ended holds stay in the journal. */
    private static final Duration JOURNAL_KEEPS = Duration.ofDays(7);

    private final SpendCounters counters;
    private final HoldEvents events;
    private final HoldJournal journal;
    private final BudgetBook book;
    private final ThresholdWatch watch;
    private final Clock clock;
    private Instant lastSweep = Instant.MIN;
    private Instant lastLook = Instant.MIN;
    private Instant lastPrune = Instant.MIN;

    /** Keeps counters and journal. */
    public Upkeep(
            SpendCounters counters,
            HoldEvents events,
            HoldJournal journal,
            BudgetBook book,
            ThresholdWatch watch,
            Clock clock) {
        this.counters = counters;
        this.events = events;
        this.journal = journal;
        this.book = book;
        this.watch = watch;
        this.clock = clock;
    }

    /** Does what is due. */
    public void run() {
        Instant now = clock.instant();
        if (isDue(lastSweep, SWEEP, now)) {
            lastSweep = now;
            sweep(now);
        }
        if (isDue(lastLook, LOOK, now)) {
            lastLook = now;
            watch.lookAtAll();
        }
        if (isDue(lastPrune, PRUNE, now)) {
            lastPrune = now;
            prune(now);
        }
    }

    private static boolean isDue(Instant last, Duration every, Instant now) {
        return last.equals(Instant.MIN) || !now.isBefore(last.plus(every));
    }

    /**
     * First into the log, then out of the counters: a crash between records it twice, which is
     * once.
     */
    private void sweep(Instant now) {
        for (List<ExpiredHold> expired = counters.sweep(now);
                !expired.isEmpty();
                expired = counters.sweep(now)) {
            events.expired(expired);
            counters.noted(expired);
        }
    }

    private void prune(Instant now) {
        for (Budget budget : book.all()) {
            counters.prune(budget.key(), budget.window().keptFrom(now));
        }
        journal.forgetEndedBefore(now.minus(JOURNAL_KEEPS));
    }
}
