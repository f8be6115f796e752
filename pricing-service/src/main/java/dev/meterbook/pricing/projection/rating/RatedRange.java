package dev.meterbook.pricing.projection.rating;

/**
 * One event of the rating log that holds first ratings.
 *
 * @param usageShard shard of the usage log
 * @param firstUsagePosition position of the first call
 * @param lastUsagePosition position of the last call
 * @param ratingPosition position of the event in the rating log
 */
public record RatedRange(
        int usageShard, long firstUsagePosition, long lastUsagePosition, long ratingPosition) {}
