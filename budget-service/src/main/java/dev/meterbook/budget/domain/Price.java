package dev.meterbook.budget.domain;

/** What is known of the price of a call to come. */
public sealed interface Price {

    /**
     * Known.
     *
     * @param prices for each token
     */
    record Known(UnitPrices prices) implements Price {}

    /** The model has none. */
    record Unknown() implements Price {}

    /** It cannot be asked for at the moment. */
    record Unavailable() implements Price {}

    /** No budget needs it. */
    record NotAsked() implements Price {}
}
