package dev.meterbook.pricing.application.conformance;

import dev.meterbook.kernel.Violation;

/** Ends the reading of one case; caught where cases are run. */
@SuppressWarnings("serial") // never serialized
final class CaseRefused extends RuntimeException {

    private final Kind kind;
    private final Violation violation;

    /** What a refusal says about the case. */
    enum Kind {
        /** The case is well formed, but asks for what the engine does not have. */
        UNSUPPORTED,
        /** The case is not well formed. */
        INVALID
    }

    private CaseRefused(Kind kind, Violation violation) {
        super(violation.message(), null, false, false);
        this.kind = kind;
        this.violation = violation;
    }

    static CaseRefused unsupported(String reason, String field, String value, String expected) {
        return new CaseRefused(Kind.UNSUPPORTED, new Violation(reason, field, value, expected));
    }

    static CaseRefused invalid(String reason, String field, String value, String expected) {
        return new CaseRefused(Kind.INVALID, new Violation(reason, field, value, expected));
    }

    Kind kind() {
        return kind;
    }

    Violation violation() {
        return violation;
    }
}
