package dev.meterbook.budget.domain;

import dev.meterbook.kernel.Money;
import java.time.Instant;
import java.util.Optional;

/**
 * A call as it was rated.
 *
 * @param kind why it was rated
 * @param dimensions who made it and for what
 * @param occurTime when it occurred
 * @param tokens input and output tokens together
 * @param charge what the tenant is charged; absent if it has no price; for a correction, the
 *     difference
 * @param holdId the hold that it settles; empty if none
 */
public record RatedCall(
        Kind kind,
        CallDimensions dimensions,
        Instant occurTime,
        long tokens,
        Optional<Money> charge,
        String holdId) {

    /** Stands where a call is that cannot be counted: it changes nothing. */
    public static final RatedCall NOTHING =
            new RatedCall(
                    Kind.CORRECTION,
                    CallDimensions.builder().build(),
                    Instant.EPOCH,
                    0,
                    Optional.empty(),
                    "");

    /** Why a call was rated. */
    public enum Kind {
        /** Just metered. */
        INITIAL,
        /** A price arrived. */
        LATE,
        /** The price was corrected. */
        CORRECTION
    }

    /** What becomes of the hold that the call names. */
    public HoldEnd holdEnd() {
        return switch (kind) {
            case INITIAL, LATE -> charge.isPresent() ? HoldEnd.SETTLED : HoldEnd.AWAITING_PRICE;
            case CORRECTION -> HoldEnd.UNTOUCHED;
        };
    }

    /** What the arrival of a call does to its hold. */
    public enum HoldEnd {
        /** All of it is given back. */
        SETTLED,
        /** Token budgets get theirs back, currency budgets keep it until there is a price. */
        AWAITING_PRICE,
        /** Nothing. */
        UNTOUCHED
    }
}
