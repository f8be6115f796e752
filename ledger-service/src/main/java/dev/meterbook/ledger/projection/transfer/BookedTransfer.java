package dev.meterbook.ledger.projection.transfer;

import dev.meterbook.kernel.Money;
import dev.meterbook.ledger.domain.AccountKey;
import dev.meterbook.ledger.domain.TransferReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A transfer apart from metered calls, as far as the reader may see it: a tenant does not see the
 * operator's accounts.
 *
 * @param tenant whose it is; empty for the operator's own
 * @param place where it stands among all
 * @param reason why
 * @param debit the account debited; null if it is not the reader's to see
 * @param credit the account credited; null if it is not the reader's to see
 * @param amount how much
 * @param invoice id of the invoice that it belongs to; empty if to none
 * @param line number of the invoice's line, from 1; 0 if it belongs to none
 * @param creditId id of the prepaid credit that was granted or paid; empty if there is none
 * @param term what it settles; null if it settles nothing
 */
public record BookedTransfer(
        String tenant,
        Place place,
        TransferReason reason,
        @Nullable AccountKey debit,
        @Nullable AccountKey credit,
        Money amount,
        String invoice,
        int line,
        String creditId,
        @Nullable Term term) {

    /**
     * A place in the order of transfers: by time, then by number.
     *
     * @param recordMicros when it was booked, in microseconds since 1970-01-01T00:00Z
     * @param ratingPosition position in the rating log; 0 if it settles nothing
     * @param id number in the ledger; 0 if it settles something
     */
    public record Place(long recordMicros, long ratingPosition, long id) {

        /** Ahead of the newest: the end of the year 9999. */
        public static final Place START = new Place(253_402_300_799_000_000L, 0, 0);
    }

    /**
     * The term of a contract or plan that a transfer settles for a period.
     *
     * @param contract the contract; empty for a plan
     * @param id id of the term
     * @param version version of the prices or the plan
     * @param start first moment of the period
     * @param end first moment after the period
     */
    public record Term(String contract, String id, String version, Instant start, Instant end) {}
}
