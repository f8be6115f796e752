package dev.meterbook.budget.application.counting;

import dev.meterbook.budget.domain.RatedCall;
import java.time.Instant;
import java.util.List;

/**
 * One event of the rating log.
 *
 * @param position its place
 * @param recordTime when it was appended
 * @param calls the calls that it rates, in order; none for events of another kind
 */
public record RatedBatch(long position, Instant recordTime, List<RatedCall> calls) {

    /** Takes a copy. */
    public RatedBatch {
        calls = List.copyOf(calls);
    }
}
