package dev.meterbook.gateway.transcoding;

import dev.meterbook.kernel.Violation;

/** Ends the reading of a request that does not fit its contract. Carries no stack trace. */
final class RequestRejected extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Violation violation;

    RequestRejected(Violation violation) {
        super(violation.message(), null, false, false);
        this.violation = violation;
    }

    static RequestRejected of(String reason, String field, String value, String expected) {
        return new RequestRejected(new Violation(reason, field, value, expected));
    }

    Violation violation() {
        return violation;
    }
}
