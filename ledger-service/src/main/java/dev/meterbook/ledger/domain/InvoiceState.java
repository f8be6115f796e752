package dev.meterbook.ledger.domain;

import java.util.Optional;

/** How far an invoice has come. Codes are stored and sent, and never change. */
public enum InvoiceState {
    DRAFT(1),
    ISSUED(2),
    PAID(3);

    private final int code;

    InvoiceState(int code) {
        this.code = code;
    }

    /** The state of a stored code, if there is one. */
    public static Optional<InvoiceState> ofCode(int code) {
        return code < 1 || code > values().length
                ? Optional.empty()
                : Optional.of(values()[code - 1]);
    }

    /** The number that is stored and sent. */
    public int code() {
        return code;
    }
}
