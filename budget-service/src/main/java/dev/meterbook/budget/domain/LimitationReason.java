package dev.meterbook.budget.domain;

/** Why a budget limits a call. */
public enum LimitationReason {
    /** The call does not fit into what is left. */
    LIMIT_REACHED("the call does not fit into what is left"),
    /** The model has no price, and no worst case is told. */
    PRICE_UNKNOWN("the model has no price; tell max_amount"),
    /** The call would be charged in a currency that the budget does not count. */
    CURRENCY_MISMATCH("the call would be charged in another currency"),
    /** A token budget covers the call, and no tokens are told. */
    TOKENS_UNKNOWN("the budget counts tokens; tell estimated_input_tokens and max_output_tokens"),
    /** The price cannot be asked for at the moment. */
    PRICING_UNAVAILABLE("the price cannot be asked for at the moment"),
    /** The counters cannot be reached or are being rebuilt. */
    COUNTERS_UNAVAILABLE("the counters cannot be reached or are being rebuilt");

    private final String text;

    LimitationReason(String text) {
        this.text = text;
    }

    /** For people. */
    public String text() {
        return text;
    }

    /** True for reasons that pass by themselves within seconds. */
    public boolean isPassing() {
        return this == PRICING_UNAVAILABLE || this == COUNTERS_UNAVAILABLE;
    }
}
