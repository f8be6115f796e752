package dev.meterbook.budget.application.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A hold to be placed.
 *
 * @param name its name
 * @param fingerprint of the question; a repeat must have the same
 * @param answer what is answered, to be repeated word by word
 * @param now the time
 * @param timeToLive how long it holds, whole milliseconds
 * @param lines what to hold where
 */
public record HoldOrder(
        HoldName name,
        String fingerprint,
        String answer,
        Instant now,
        Duration timeToLive,
        List<HoldLine> lines) {

    /** Takes a copy. */
    public HoldOrder {
        lines = List.copyOf(lines);
    }

    /** When the hold ends by itself. */
    public Instant expireTime() {
        return now.plus(timeToLive);
    }
}
