package dev.meterbook.ledger.domain;

import java.time.Instant;

/**
 * What is booked for one metered call: two balanced transfers, each of which may be of zero.
 *
 * @param tenant the tenant
 * @param usagePosition position of the call in the usage log
 * @param correction 0 for the call's first posting; else the rating position that corrected it.
 *     With tenant and usage position it is the key, so that no call is booked twice
 * @param ratingPosition position in the rating log of the event that priced it
 * @param occurTime when the call occurred
 * @param cost what the call costs the operator
 * @param charge what the call costs the tenant
 */
public record Posting(
        String tenant,
        long usagePosition,
        long correction,
        long ratingPosition,
        Instant occurTime,
        Transfer cost,
        Transfer charge) {

    /** The posting of a call on the accounts of its route. */
    public static Posting of(PricedCall call, CallAccounts accounts) {
        return new Posting(
                call.tenant(),
                call.usagePosition(),
                call.kind() == RatingKind.CORRECTION ? call.ratingPosition() : 0,
                call.ratingPosition(),
                call.occurTime(),
                accounts.costTransfer(call.cost()),
                accounts.chargeTransfer(call.charge()));
    }
}
