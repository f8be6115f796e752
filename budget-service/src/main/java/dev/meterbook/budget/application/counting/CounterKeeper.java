package dev.meterbook.budget.application.counting;

import dev.meterbook.budget.application.BudgetBook;
import dev.meterbook.budget.domain.Budget;
import dev.meterbook.budget.domain.BudgetKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Keeps the counters right, round by round: makes them anew where they were lost, takes new budgets
 * in, counts rated calls, reports thresholds. One thread runs the rounds.
 */
public final class CounterKeeper {

    private final SpendCounters counters;
    private final Epochs epochs;
    private final BudgetBook book;
    private final Supplier<UUID> ids;
    private final Works works;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ReentrantLock rounds = new ReentrantLock();
    private volatile boolean replaying;
    private Set<BudgetKey> counted = Set.of();
    private Epoch countedIn = new Epoch(0, "");

    /**
     * What a round consists of.
     *
     * @param rebuild makes counters anew
     * @param backfill takes budgets in
     * @param settlement counts calls
     * @param watch reports thresholds
     * @param upkeep does the rest
     */
    public record Works(
            Rebuild rebuild,
            Backfill backfill,
            Settlement settlement,
            ThresholdWatch watch,
            Upkeep upkeep) {}

    /** Keeps counters for the budgets of a book. */
    public CounterKeeper(
            SpendCounters counters,
            Epochs epochs,
            BudgetBook book,
            Supplier<UUID> ids,
            Works works) {
        this.counters = counters;
        this.epochs = epochs;
        this.book = book;
        this.ids = ids;
        this.works = works;
    }

    /**
     * Does what there is to do.
     *
     * @return whether there is more at once
     * @throws dev.meterbook.budget.application.CountersUnavailableException if the counters cannot
     *     be reached
     */
    public Settlement.Rest round() {
        rounds.lock();
        try {
            return oneRound();
        } finally {
            rounds.unlock();
        }
    }

    /** Does something while no round is under way in this process. */
    public <T> T betweenRounds(Supplier<T> something) {
        rounds.lock();
        try {
            return something.get();
        } finally {
            rounds.unlock();
        }
    }

    /** Has the next round make all counters anew. Until they are, hard budgets refuse. */
    public void replay() {
        replaying = true;
    }

    /**
     * How far the rating log is counted; while counters are made anew, how far that is.
     *
     * @throws dev.meterbook.budget.application.CountersUnavailableException if the counters cannot
     *     be reached
     */
    public long position() {
        return replaying
                ? Math.max(0, works.backfill.scanned() - 1)
                : counters.present().map(Progress::position).orElse(0L);
    }

    private Settlement.Rest oneRound() {
        Optional<Progress> progress = presentOrRebuilt();
        if (progress.isEmpty()) {
            return Settlement.Rest.LEFT_TO_OTHERS;
        }
        takeBudgetsIn();
        Settlement.Round round = works.settlement.next(progress.get());
        works.watch.look(round.touched());
        works.upkeep.run();
        return round.rest();
    }

    private Optional<Progress> presentOrRebuilt() {
        Epoch stored = epochs.current();
        if (stored.number() > 0 && !stored.equals(counters.epoch())) {
            counters.use(stored);
        }
        Optional<Progress> progress = counters.present();
        if (progress.isPresent() && !replaying) {
            return progress;
        }
        String mark = ids.get().toString().substring(0, 8);
        boolean wanted = replaying;
        if (epochs.begin(mark, wanted ? works.rebuild::replay : works.rebuild::run)) {
            counters.removeOlderEpochs();
            if (wanted) {
                replaying = false;
            }
        }
        return counters.present();
    }

    private void takeBudgetsIn() {
        Set<BudgetKey> before = countedIn.equals(counters.epoch()) ? counted : Set.of();
        Set<BudgetKey> known = keys();
        if (!before.equals(known) || !countedIn.equals(counters.epoch())) {
            Map<BudgetKey, Progress> incomplete = works.backfill.include(before);
            works.backfill.fill(incomplete);
            List<BudgetKey> gone = new ArrayList<>(before);
            gone.removeAll(known);
            gone.forEach(counters::drop);
            tell(known);
        }
    }

    private Set<BudgetKey> keys() {
        Set<BudgetKey> keys = new HashSet<>();
        for (Budget budget : book.all()) {
            keys.add(budget.key());
        }
        return keys;
    }

    private void tell(Set<BudgetKey> now) {
        lock.lock();
        try {
            counted = now;
            countedIn = counters.epoch();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until a budget is counted.
     *
     * @return false if it is not after that time
     */
    public boolean awaitCounted(BudgetKey budget, Duration atMost) throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(atMost.toMillis());
        lock.lock();
        try {
            while (!counted.contains(budget)) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
