package dev.meterbook.budget.domain;

import dev.meterbook.kernel.CurrencyCode;

/** What a budget counts. */
public sealed interface Unit {

    /** Input and output tokens together. */
    record Tokens() implements Unit {}

    /**
     * What the tenant is charged.
     *
     * @param code the only currency that is counted
     */
    record Currency(CurrencyCode code) implements Unit {}

    /** Tokens. */
    static Unit tokens() {
        return new Tokens();
    }

    /** A currency. */
    static Unit currency(CurrencyCode code) {
        return new Currency(code);
    }

    /** True for tokens. */
    default boolean isTokens() {
        return switch (this) {
            case Tokens _ -> true;
            case Currency _ -> false;
        };
    }

    /** For people: {@code tokens}, or the currency's code. */
    default String label() {
        return switch (this) {
            case Tokens _ -> "tokens";
            case Currency(CurrencyCode code) -> code.code();
        };
    }
}
