package dev.meterbook.budget.application.counting;

import dev.meterbook.budget.application.BudgetFollowing;
import dev.meterbook.budget.application.admission.HoldJournal;
import dev.meterbook.budget.application.admission.HoldName;
import dev.meterbook.budget.domain.BudgetKey;
import dev.meterbook.budget.domain.HoldPart;
import dev.meterbook.budget.domain.RatedCall;
import dev.meterbook.budget.domain.RatedCall.HoldEnd;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes the counters anew after they were lost: spend from the rating log, holds from their journal
 * less those that the rating log shows to have been settled. Nothing of the lost counters is used.
 */
@Singleton
public final class Rebuild {

    private static final long LONGEST_GRANT_MILLIS = 1_000;

    private final SpendCounters counters;
    private final RatingLog log;
    private final HoldJournal journal;
    private final BudgetFollowing following;
    private final Backfill backfill;
    private final Clock clock;

    /** Makes counters anew from a log and a journal. */
    public Rebuild(
            SpendCounters counters,
            RatingLog log,
            HoldJournal journal,
            BudgetFollowing following,
            Backfill backfill,
            Clock clock) {
        this.counters = counters;
        this.log = log;
        this.journal = journal;
        this.following = following;
        this.backfill = backfill;
        this.clock = clock;
    }

    /**
     * Makes counters anew that were not lost: they are given up first. Who was granted a hold in
     * them tells the journal within the time in which they answer, so that long is waited.
     */
    void replay(Epoch epoch) {
        if (counters.present().isPresent()) {
            counters.giveUp();
            awaitGrants();
        }
        log.takeBackAll();
        run(epoch);
    }

    private static void awaitGrants() {
        try {
            TimeUnit.MILLISECONDS.sleep(LONGEST_GRANT_MILLIS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Fills the counters of an epoch; they are complete when this returns. */
    void run(Epoch epoch) {
        journal.flush();
        following.catchUp();
        long head = log.head();
        Instant now = clock.instant();
        Map<HoldName, HoldJournal.Entry> open = new HashMap<>();
        journal.open(now).forEach(hold -> open.put(hold.name(), hold));
        counters.begin(epoch, head);
        Map<BudgetKey, Progress> incomplete = backfill.include(Set.of());
        // Holds first: a budget must not be complete before what is held in it is back.
        earliestPlaced(open)
                .ifPresent(
                        since ->
                                backfill.scan(
                                        since,
                                        new Progress(head, 0),
                                        batch -> endHolds(open, batch)));
        open.values().forEach(counters::restore);
        backfill.fill(incomplete);
    }

    private static Optional<Instant> earliestPlaced(Map<HoldName, HoldJournal.Entry> open) {
        return open.values().stream()
                .map(hold -> hold.expireTime().minus(hold.timeToLive()))
                .min(Instant::compareTo);
    }

    private static void endHolds(Map<HoldName, HoldJournal.Entry> open, RatedBatch batch) {
        batch.calls().forEach(call -> endHold(open, call, batch.recordTime()));
    }

    private static void endHold(
            Map<HoldName, HoldJournal.Entry> open, RatedCall call, Instant recordTime) {
        if (call.holdId().isEmpty() || call.holdEnd() == HoldEnd.UNTOUCHED) {
            return;
        }
        HoldName name = new HoldName(call.dimensions().tenantId(), call.holdId());
        HoldJournal.@Nullable Entry hold = open.get(name);
        if (hold != null) {
            if (call.holdEnd() == HoldEnd.SETTLED) {
                open.remove(name);
            } else if (recordTime.isBefore(hold.expireTime())) {
                open.put(name, awaitingPrice(hold));
            }
        }
    }

    /** What token budgets held is settled; what currency budgets hold waits for the price. */
    private static HoldJournal.Entry awaitingPrice(HoldJournal.Entry hold) {
        List<HoldPart> money =
                hold.parts().stream().filter(part -> part.kind() == HoldPart.Kind.MONEY).toList();
        return new HoldJournal.Entry(
                hold.name(),
                hold.fingerprint(),
                hold.answer(),
                hold.expireTime(),
                hold.timeToLive(),
                HoldJournal.Ending.WITH_A_PRICE,
                money);
    }
}
