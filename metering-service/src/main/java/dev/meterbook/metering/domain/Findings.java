package dev.meterbook.metering.domain;

import dev.meterbook.kernel.Violation;
import org.jspecify.annotations.Nullable;

/**
 * The first thing found wrong with one call; what is found after it is not kept. Costs nothing
 * while a call is right, which is nearly always.
 */
final class Findings {

    private @Nullable Violation first;

    void add(Reason reason, String field, String value, String expected) {
        if (first == null) {
            first = new Violation(reason.name(), field, value, expected);
        }
    }

    /** Something that was found elsewhere; null for nothing. */
    void addIfAny(@Nullable Violation violation) {
        if (first == null) {
            first = violation;
        }
    }

    void addMissing(Reason reason, String field, String expected) {
        add(reason, field, "missing", expected);
    }

    /** A count below 0 or above its limit. */
    void addCount(String field, long count, long max) {
        add(
                count < 0 ? Reason.NEGATIVE_COUNT : Reason.COUNT_TOO_LARGE,
                field,
                Long.toString(count),
                "0 to " + max);
    }

    /** Null if nothing was found. */
    @Nullable Violation first() {
        return first;
    }
}
