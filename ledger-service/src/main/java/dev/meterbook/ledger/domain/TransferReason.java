package dev.meterbook.ledger.domain;

import java.util.Optional;

/** Why money is moved apart from metered calls. Codes are stored and never change. */
public enum TransferReason {
    /** The exact amount of an invoice line goes from unbilled to billed. */
    INVOICE_LINE(3),
    /** What rounding an invoice line adds or takes away. */
    ROUNDING(4),
    /** An invoice is paid. */
    PAYMENT(5),
    /** The calls of a period came to less than its minimum. */
    MINIMUM(6),
    /** The calls of a period came to less than was promised. */
    COMMITMENT_SHORTFALL(7),
    /** A credit was granted. */
    CREDIT_GRANT(8),
    /** A credit paid an invoice, or a part of it. */
    CREDIT_APPLIED(9);

    private final int code;

    TransferReason(int code) {
        this.code = code;
    }

    /** The reason of what a spend term asks for. */
    public static TransferReason of(ChargeKind kind) {
        return switch (kind) {
            case MINIMUM -> MINIMUM;
            case COMMITMENT_SHORTFALL -> COMMITMENT_SHORTFALL;
            case USAGE -> throw new IllegalArgumentException("kind: USAGE (expected: of a term)");
        };
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
