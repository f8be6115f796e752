package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.Violation;

/** What becomes of a command. */
public sealed interface Decision {

    /**
     * It is taken.
     *
     * @param event what is so from now on
     */
    record Accepted(PricingEvent event) implements Decision {}

    /** It was taken before; nothing changes. */
    record Unchanged() implements Decision {}

    /**
     * It is not taken.
     *
     * @param kind the kind of "no"
     * @param violation why
     */
    record Refused(Kind kind, Violation violation) implements Decision {}

    /** Kinds of "no". */
    enum Kind {
        /** The command itself is wrong. */
        INVALID,
        /** What it speaks of does not exist. */
        NOT_FOUND,
        /** Its id is taken by something of other content. */
        ALREADY_EXISTS
    }
}
