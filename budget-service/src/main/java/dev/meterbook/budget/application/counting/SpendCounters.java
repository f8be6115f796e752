package dev.meterbook.budget.application.counting;

import dev.meterbook.budget.application.CountersUnavailableException;
import dev.meterbook.budget.application.admission.HoldJournal;
import dev.meterbook.budget.domain.BudgetKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Counters as the counting sees them. Each operation is one step. All but {@link #present}, {@link
 * #begin} and {@link #use} throw {@link CountersUnavailableException} if the counters cannot be
 * reached or are lost.
 */
public interface SpendCounters {

    /** Where the counting of a budget stands. */
    sealed interface Standing {

        /** All of it is counted. */
        record Complete() implements Standing {}

        /**
         * What lies before a place of the rating log is to be added.
         *
         * @param since from here on it is counted
         */
        record CountedSince(Progress since) implements Standing {}
    }

    /** What became of a {@link SettleOrder}. */
    enum SettleOutcome {
        DONE,
        /** Another process has counted these calls. */
        MOVED,
        /** Another process counts budgets that are not in the book yet. */
        BOOK_BEHIND
    }

    /**
     * The progress of the present epoch.
     *
     * @return empty if the counters are lost
     * @throws CountersUnavailableException if they cannot be reached
     */
    Optional<Progress> present();

    /** The epoch that is used. */
    Epoch epoch();

    /** Uses an epoch that another process has begun. */
    void use(Epoch epoch);

    /**
     * Begins an epoch and uses it.
     *
     * @param position place in the rating log behind which calls will be counted one by one
     * @throws CountersUnavailableException if they cannot be reached
     */
    void begin(Epoch epoch, long position);

    /** Gives the present epoch up: nothing is held or counted in it any more. */
    void giveUp();

    /** Removes what older epochs left. */
    void removeOlderEpochs();

    /** Counts calls and ends their holds. */
    SettleOutcome settle(SettleOrder order, Instant now);

    /**
     * Counts a part of an event that was set aside; a second time in an epoch it does nothing.
     *
     * @return {@link SettleOutcome#MOVED} if it cannot be counted yet: the counting has not passed
     *     the event, or a budget is not complete
     */
    SettleOutcome settle(PartOrder order, Instant now);

    /**
     * Counts budgets from now on, unless they are counted already.
     *
     * @param bookPosition place in the budgets' log up to which budgets are known
     * @return for each budget, in the same order, how complete it is
     */
    List<Standing> include(List<BudgetKey> budgets, long bookPosition);

    /**
     * Adds what lies before the counting of a budget began; a second time it does nothing.
     *
     * @param since as {@link #include} told
     */
    void fill(BudgetKey budget, Progress since, List<Increment> increments);

    /** Puts a hold back that was lost. */
    void restore(HoldJournal.Entry hold);

    /**
     * Ends holds whose time has come.
     *
     * @return holds that ended so and were not noted yet; at most 100
     */
    List<ExpiredHold> sweep(Instant now);

    /** Holds that are in the log now. */
    void noted(List<ExpiredHold> holds);

    /** Forgets buckets of a budget that begin before a moment. */
    void prune(BudgetKey budget, Instant keptFrom);

    /** Forgets a budget that is not in force any more. */
    void drop(BudgetKey budget);
}
