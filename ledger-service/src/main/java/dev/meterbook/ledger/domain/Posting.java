package dev.meterbook.ledger.domain;

import dev.meterbook.kernel.Money;
import java.time.Instant;

/**
 * What is booked for one metered call, or for a correction of its price: two balanced transfers,
 * each of which may be of zero.
 *
 * @param tenant the tenant
 * @param usagePosition position of the call in the usage log; with the tenant it is the key of a
 *     call's first posting, so that no call is booked twice
 * @param ratingPosition position in the rating log of the event that priced it; the third part of
 *     the key of a correction
 * @param occurTime when the call occurred
 * @param cost what the call costs the operator; negative moves the other way
 * @param charge what the call costs the tenant; negative moves the other way
 */
public record Posting(
        String tenant,
        long usagePosition,
        long ratingPosition,
        Instant occurTime,
        Money cost,
        Money charge) {

    /** The posting of a call. */
    static Posting of(PricedCall call) {
        return new Posting(
                call.tenant(),
                call.usagePosition(),
                call.ratingPosition(),
                call.occurTime(),
                call.cost(),
                call.charge());
    }
}
