package dev.meterbook.pricing.projection.rating;

/**
 * One event of the rating log that holds first ratings.
 *
 * @param usageShard shard of the usage log
 * @param firstUsagePosition position of the first call
 * @param lastUsagePosition position of the last call
 * @param ratingPosition position of the event in the rating log
 * @param firstOccurMicros when the first of its calls occurred, whichever that is, in microseconds
 *     since 1970-01-01T00:00Z
 * @param lastOccurMicros when the last of its calls occurred
 */
public record RatedRange(
        int usageShard,
        long firstUsagePosition,
        long lastUsagePosition,
        long ratingPosition,
        long firstOccurMicros,
        long lastOccurMicros) {}
