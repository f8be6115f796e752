package dev.meterbook.ledger.projection.posting;

import java.time.Instant;

/**
 * Which postings of a tenant, newest first.
 *
 * @param tenant the tenant
 * @param from calls that occurred at or after this moment
 * @param until calls that occurred before this moment
 * @param usagePosition only this call; 0 for all
 * @param before the place after which the page begins
 * @param limit postings at most
 */
public record PostingQuery(
        String tenant, Instant from, Instant until, long usagePosition, Place before, int limit) {

    /** The lowest position in the usage log that can be on the page. */
    long lowest() {
        return Math.max(1, usagePosition);
    }

    /** The highest position in the usage log that can be on the page. */
    long highest() {
        return usagePosition == 0
                ? before.usagePosition
                : Math.min(usagePosition, before.usagePosition);
    }

    /**
     * A place in the order of postings.
     *
     * @param usagePosition position in the usage log
     * @param ratingPosition position in the rating log
     */
    public record Place(long usagePosition, long ratingPosition) {

        /** Ahead of the newest. */
        public static final Place START = new Place(Long.MAX_VALUE, Long.MAX_VALUE);
    }
}
