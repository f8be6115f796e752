package dev.meterbook.ledger.domain;

import java.util.Optional;

/** What is charged for. Codes are stored and never change. */
public enum ChargeKind {
    /** Metered calls. */
    USAGE(0, Category.USAGE, ""),
    /** What the calls of a period are short of its least amount. */
    MINIMUM(1, Category.PURCHASE, "Minimum fee"),
    /** What the calls of a period are short of a promise. */
    COMMITMENT_SHORTFALL(2, Category.PURCHASE, "Commitment shortfall");

    /** FOCUS ChargeCategory. Codes are sent and never change. */
    public enum Category {
        USAGE(1, "Usage"),
        PURCHASE(2, "Purchase");

        private final int code;
        private final String word;

        Category(int code, String word) {
            this.code = code;
            this.word = word;
        }

        /** The number that is sent. */
        public int code() {
            return code;
        }

        /** FOCUS' own word. */
        public String word() {
            return word;
        }
    }

    private final int code;
    private final Category category;
    private final String description;

    ChargeKind(int code, Category category, String description) {
        this.code = code;
        this.category = category;
        this.description = description;
    }

    /** The kind of a stored code, if there is one. */
    public static Optional<ChargeKind> ofCode(int code) {
        return code < 0 || code >= values().length ? Optional.empty() : Optional.of(values()[code]);
    }

    /** The number that is stored. */
    public int code() {
        return code;
    }

    /** The category of FOCUS that it belongs to. */
    public Category category() {
        return category;
    }

    /** What an invoice line says in place of a model; empty for usage. */
    public String description() {
        return description;
    }
}
