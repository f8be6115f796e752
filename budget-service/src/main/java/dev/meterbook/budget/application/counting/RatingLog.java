package dev.meterbook.budget.application.counting;

import java.time.Instant;
import java.util.List;

/** Reads the rating log. Positions are dense. */
public interface RatingLog {

    /** The last position; 0 while it is empty. */
    long head();

    /**
     * Events after a position, in order. Parts that cannot be read are set aside before this
     * returns; their calls, and those of parts that are set aside, are {@link
     * dev.meterbook.budget.domain.RatedCall#NOTHING}.
     *
     * @param limit events at most
     */
    List<RatedBatch> read(long after, int limit);

    /**
     * The last position of which all events up to it were appended before a moment: what was
     * recorded since lies behind it.
     */
    long lastBefore(Instant recordTime);

    /** Nothing is set aside any more: all of it is read again. */
    void takeBackAll();
}
