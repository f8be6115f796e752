package dev.meterbook.ledger.domain;

import java.time.Instant;

/**
 * A metered call that waits for a price: counted, not booked.
 *
 * @param tenant the tenant
 * @param usagePosition position in the usage log, from 1
 * @param ratingPosition position in the rating log, from 1
 * @param occurTime when the call occurred
 * @param reason why it has no price: the pricing log's code
 */
public record UnpricedCall(
        String tenant, long usagePosition, long ratingPosition, Instant occurTime, int reason) {}
