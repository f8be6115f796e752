package dev.meterbook.ledger.domain;

import java.util.Optional;

/** Why money is moved apart from metered calls. Codes are stored and never change. */
public enum TransferReason {
    /** The exact amount of an invoice line goes from unbilled to billed. */
    INVOICE_LINE(3),
    /** What rounding an invoice line adds or takes away. */
    ROUNDING(4),
    /** An invoice is paid. */
    PAYMENT(5);

    private final int code;

    TransferReason(int code) {
        this.code = code;
    }

    /** The reason of a stored code, if there is one. */
    public static Optional<TransferReason> ofCode(int code) {
        for (TransferReason reason : values()) {
            if (reason.code == code) {
                return Optional.of(reason);
            }
        }
        return Optional.empty();
    }

    /** The number that is stored and sent. */
    public int code() {
        return code;
    }
}
