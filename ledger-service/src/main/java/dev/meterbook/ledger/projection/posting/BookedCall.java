package dev.meterbook.ledger.projection.posting;

import dev.meterbook.ledger.domain.AccountKey;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A posting as it stands in the book.
 *
 * @param tenant the tenant
 * @param usagePosition position in the usage log
 * @param ratingPosition position in the rating log
 * @param kind whether it is the first posting of the call
 * @param occurTime when the call occurred
 * @param cost the transfer of the cost
 * @param charge the transfer of the charge
 */
public record BookedCall(
        String tenant,
        long usagePosition,
        long ratingPosition,
        Kind kind,
        Instant occurTime,
        SignedTransfer cost,
        SignedTransfer charge) {

    /** Whether a posting is the first of its call. */
    public enum Kind {
        FIRST,
        CORRECTION
    }

    /**
     * A transfer as far as the reader may see it: a tenant does not see the operator's accounts.
     *
     * @param own the tenant's account that a positive amount debits
     * @param other the account that a positive amount credits; null if it is not the reader's to
     *     see
     * @param amount how much; negative moves the other way
     */
    public record SignedTransfer(AccountKey own, @Nullable AccountKey other, BigDecimal amount) {

        /** Code of the currency. */
        public String currency() {
            return own.currency().code();
        }

        /** The account that is debited; null if it is not the reader's to see. */
        public @Nullable AccountKey debit() {
            return amount.signum() < 0 ? other : own;
        }

        /** The account that is credited; null if it is not the reader's to see. */
        public @Nullable AccountKey credit() {
            return amount.signum() < 0 ? own : other;
        }
    }
}
