package dev.meterbook.budget.application.admission;

import dev.meterbook.budget.domain.HoldPart;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * A durable copy of the holds, from which they are put back when the counters are lost. It is
 * written a moment after a hold is granted, many at once: only if counters and this process are
 * lost within that moment is a hold forgotten.
 */
public interface HoldJournal {

    /** False while too much waits to be written; then no hold should be placed. */
    boolean hasRoom();

    /** A hold was placed. Returns at once. */
    void placed(Entry entry);

    /** A hold was given back. Returns at once. */
    void released(HoldName hold);

    /** Usage of these holds arrived without a price: they have no end by themselves any more. */
    void awaitingPrice(Collection<HoldName> holds);

    /** Returns when everything so far is durable. */
    void flush();

    /** Holds that have not ended by themselves and were not given back. */
    List<Entry> open(Instant now);

    /** Forgets holds that ended by themselves before a moment. */
    void forgetEndedBefore(Instant moment);

    /** Whether a hold ends by itself. */
    enum Ending {
        BY_ITSELF,
        WITH_A_PRICE
    }

    /**
     * A hold.
     *
     * @param name its name
     * @param fingerprint of the question
     * @param answer what was answered
     * @param expireTime when it ends by itself
     * @param timeToLive how long it was to live
     * @param ending whether it ends by itself
     * @param parts what each budget holds
     */
    record Entry(
            HoldName name,
            String fingerprint,
            String answer,
            Instant expireTime,
            Duration timeToLive,
            Ending ending,
            List<HoldPart> parts) {

        /** Takes a copy. */
        public Entry {
            parts = List.copyOf(parts);
        }
    }
}
