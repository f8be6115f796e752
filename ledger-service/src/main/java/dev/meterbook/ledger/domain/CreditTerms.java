package dev.meterbook.ledger.domain;

import dev.meterbook.kernel.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a grant of credit says.
 *
 * @param kind how the tenant came to it
 * @param amount how much; above 0, in whole smallest units of the currency, so that an invoice that
 *     it pays in part leaves an amount that can be paid
 * @param note for people; at most {@value #MAX_NOTE_LENGTH} characters
 * @param expireTime from this moment on it pays no invoice; null if it does not expire
 */
public record CreditTerms(
        CreditKind kind, Money amount, String note, @Nullable Instant expireTime) {

    /** Characters of a note at most. */
    public static final int MAX_NOTE_LENGTH = 200;

    /**
     * Checks amount and note.
     *
     * @throws IllegalArgumentException if they are not as said above
     */
    public CreditTerms {
        if (amount.amount().signum() <= 0 || !amount.equals(amount.roundedToMinorUnit())) {
            throw new IllegalArgumentException(
                    "amount: " + amount + " (expected: > 0, in whole smallest units)");
        }
        if (note.length() > MAX_NOTE_LENGTH) {
            throw new IllegalArgumentException(
                    "note: %d characters (expected: <= %d)"
                            .formatted(note.length(), MAX_NOTE_LENGTH));
        }
    }

    /** True if it expires, and did so by a moment. */
    public boolean hasExpired(Instant at) {
        Instant end = expireTime;
        return end != null && !at.isBefore(end);
    }
}
