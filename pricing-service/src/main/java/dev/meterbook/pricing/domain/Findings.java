package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.Violation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The first thing found wrong with some input; what is found after it is not kept. */
public final class Findings {

    private @Nullable Violation first;

    /**
     * Something is wrong.
     *
     * @param reason stable reason in upper snake case
     * @param field path of the field at fault
     * @param value what was found there
     * @param expected what would have been right
     */
    public void add(String reason, String field, String value, String expected) {
        if (first == null) {
            first = new Violation(reason, field, value, expected);
        }
    }

    /** Something that was found elsewhere; null for nothing. */
    public void addIfAny(@Nullable Violation violation) {
        if (first == null) {
            first = violation;
        }
    }

    /** What was found, if anything. */
    public Optional<Violation> first() {
        return Optional.ofNullable(first);
    }
}
