package dev.meterbook.budget.application.admission;

import jakarta.inject.Singleton;
import java.time.Clock;

/** Gives back the holds of calls that were not made. */
@Singleton
public final class HoldReleaser {

    private final Holds holds;
    private final HoldJournal journal;
    private final Clock clock;

    /** Gives back in the counters and in the journal. */
    public HoldReleaser(Holds holds, HoldJournal journal, Clock clock) {
        this.holds = holds;
        this.journal = journal;
        this.clock = clock;
    }

    /** Gives a hold back, if it still holds. */
    public HoldState release(HoldName hold) {
        HoldState state = holds.release(hold, clock.instant());
        if (state == HoldState.RELEASED) {
            journal.released(hold);
        }
        return state;
    }
}
