package dev.meterbook.ledger.projection.posting;

import dev.meterbook.ledger.domain.AccountKey;
import dev.meterbook.ledger.domain.AccountType;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A posting as it stands in the book.
 *
 * @param tenant the tenant
 * @param usagePosition position in the usage log
 * @param correction 0 for the first posting; else the rating that corrected it
 * @param ratingPosition position in the rating log
 * @param occurTime when the call occurred
 * @param cost the transfer of the cost
 * @param charge the transfer of the charge
 */
public record BookedCall(
        String tenant,
        long usagePosition,
        long correction,
        long ratingPosition,
        Instant occurTime,
        BookedTransfer cost,
        BookedTransfer charge) {

    /**
     * A transfer as far as the reader may see it: a tenant does not see the operator's accounts.
     *
     * @param debit the account debited; null if it is not the reader's to see
     * @param credit the account credited; null if it is not the reader's to see
     * @param amount how much; not negative
     */
    public record BookedTransfer(
            @Nullable AccountKey debit, @Nullable AccountKey credit, BigDecimal amount) {

        /** Code of the currency. */
        public String currency() {
            AccountKey either = debit != null ? debit : credit;
            if (either == null) {
                throw new IllegalStateException("neither account of a transfer can be seen");
            }
            return either.currency().code();
        }

        /** The amount, negative if the account that it normally debits was credited. */
        public BigDecimal signed(AccountType normallyDebited) {
            AccountKey credited = credit;
            return credited != null && credited.type() == normallyDebited
                    ? amount.negate()
                    : amount;
        }
    }
}
