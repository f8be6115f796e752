package dev.meterbook.budget.application.counting;

import dev.meterbook.budget.application.BudgetBook;
import dev.meterbook.budget.application.BudgetFollowing;
import dev.meterbook.budget.application.admission.HoldJournal;
import dev.meterbook.budget.application.admission.HoldName;
import dev.meterbook.budget.application.counting.SpendCounters.SettleOutcome;
import dev.meterbook.budget.domain.RatedCall;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Counts rated calls. Each call is counted exactly once: the progress is kept in the counters and
 * moves in the step that counts. Steps are small, so that the question before a call never waits
 * long for one. Used by one thread; of several processes, any may count.
 */
@Singleton
public final class Settlement {

    /** Changes of one step; a call with more is a step of its own. */
    static final int MAX_CHANGES = 500;

    /** Events read at once. */
    static final int PAGE = 50;

    private final SpendCounters counters;
    private final RatingLog log;
    private final BudgetBook book;
    private final BudgetFollowing following;
    private final HoldJournal journal;
    private final Clock clock;

    /** Counts calls of a log for the budgets of a book. */
    public Settlement(
            SpendCounters counters,
            RatingLog log,
            BudgetBook book,
            BudgetFollowing following,
            HoldJournal journal,
            Clock clock) {
        this.counters = counters;
        this.log = log;
        this.book = book;
        this.following = following;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * What a round of counting came to.
     *
     * @param touched buckets that were changed
     * @param rest whether there may be more at once
     */
    public record Round(Set<CountedBucket> touched, Rest rest) {}

    /** What is left after a round. */
    public enum Rest {
        NOTHING,
        MORE,
        /** Another process counts too. */
        LEFT_TO_OTHERS
    }

    /** Counts the next page of events. */
    public Round next(Progress progress) {
        List<RatedBatch> page = log.read(progress.position(), PAGE);
        Set<CountedBucket> touched = new HashSet<>();
        Step step = new Step(progress);
        for (RatedBatch batch : page) {
            int first = batch.position() == progress.position() + 1 ? progress.calls() : 0;
            for (int i = first; i < batch.calls().size(); i++) {
                step.add(batch.calls().get(i));
                if (step.changes() >= MAX_CHANGES) {
                    Progress to = new Progress(batch.position() - 1, i + 1);
                    if (!step.run(to, touched)) {
                        return new Round(touched, Rest.LEFT_TO_OTHERS);
                    }
                    step = new Step(to);
                }
            }
        }
        if (page.isEmpty()) {
            return new Round(touched, Rest.NOTHING);
        }
        boolean done = step.run(new Progress(page.getLast().position(), 0), touched);
        return new Round(touched, done ? rest(page) : Rest.LEFT_TO_OTHERS);
    }

    private static Rest rest(List<RatedBatch> page) {
        return page.size() < PAGE ? Rest.NOTHING : Rest.MORE;
    }

    /**
     * Counts a part of an event that was set aside.
     *
     * @param tenantId whose part it is; empty for the whole event
     * @return false if it cannot be counted yet
     */
    public boolean countPart(long position, String tenantId, List<RatedCall> calls) {
        following.catchUp();
        Step step = new Step(new Progress(position, 0));
        calls.forEach(step::add);
        return step.runPart(tenantId);
    }

    /** Calls that are counted in one step. */
    private final class Step {
        private final Progress from;
        private final long bookPosition = book.position();
        private final Instant now = clock.instant();
        private final CallSpend spend = new CallSpend(book, now);
        private final List<HoldName> settled = new ArrayList<>();
        private final List<HoldName> awaiting = new ArrayList<>();

        Step(Progress from) {
            this.from = from;
        }

        void add(RatedCall call) {
            spend.add(call, any -> true);
            if (!call.holdId().isEmpty()) {
                HoldName hold = new HoldName(call.dimensions().tenantId(), call.holdId());
                switch (call.holdEnd()) {
                    case SETTLED -> settled.add(hold);
                    case AWAITING_PRICE -> awaiting.add(hold);
                    case UNTOUCHED -> {}
                }
            }
        }

        int changes() {
            return spend.buckets().size() + settled.size() + awaiting.size();
        }

        boolean runPart(String tenantId) {
            if (!awaiting.isEmpty()) {
                journal.awaitingPrice(awaiting);
            }
            PartOrder order =
                    new PartOrder(
                            from.position(),
                            tenantId,
                            bookPosition,
                            spend.increments(),
                            settled,
                            awaiting);
            return counters.settle(order, now) == SettleOutcome.DONE;
        }

        boolean run(Progress to, Set<CountedBucket> touched) {
            if (!awaiting.isEmpty()) {
                journal.awaitingPrice(awaiting);
            }
            SettleOrder order =
                    new SettleOrder(from, to, bookPosition, spend.increments(), settled, awaiting);
            SettleOutcome outcome = counters.settle(order, now);
            return switch (outcome) {
                case DONE -> {
                    touched.addAll(spend.buckets());
                    yield true;
                }
                case MOVED -> false;
                case BOOK_BEHIND -> {
                    following.catchUp();
                    yield false;
                }
            };
        }
    }
}
