package dev.meterbook.allocation.domain;

import java.time.Instant;

/**
 * A rated call.
 *
 * @param usagePosition its place in the usage log
 * @param occurTime when it occurred
 * @param dimensions who made it
 * @param tokens what it consumed
 * @param rating what it costs
 */
public record RatedCall(
        long usagePosition,
        Instant occurTime,
        CallDimensions dimensions,
        Tokens tokens,
        Rating rating) {

    /** The same call, taken by a cost center. */
    public RatedCall takenBy(String costCenter) {
        return costCenter.equals(dimensions.costCenter())
                ? this
                : new RatedCall(
                        usagePosition,
                        occurTime,
                        dimensions.withCostCenter(costCenter),
                        tokens,
                        rating);
    }
}
