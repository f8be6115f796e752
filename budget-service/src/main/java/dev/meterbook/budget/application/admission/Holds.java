package dev.meterbook.budget.application.admission;

import dev.meterbook.budget.application.CountersUnavailableException;
import java.time.Instant;

/**
 * Holds in the counters. Each operation is one step: it sees all of another or nothing of it. Fast,
 * and never the truth: the counters can be lost, and are then made anew.
 */
public interface Holds {

    /**
     * Holds in every budget or in none.
     *
     * @throws CountersUnavailableException if they cannot be reached; it is not known then whether
     *     the hold was placed, but if so, it ends by itself
     */
    HoldOutcome hold(HoldOrder order);

    /**
     * Gives a hold back.
     *
     * @throws CountersUnavailableException if they cannot be reached
     */
    HoldState release(HoldName hold, Instant now);
}
