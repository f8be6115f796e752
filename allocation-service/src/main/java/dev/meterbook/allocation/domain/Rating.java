package dev.meterbook.allocation.domain;

import dev.meterbook.kernel.Money;

/** What a call costs, if that is known. */
public sealed interface Rating {

    /**
     * The call has a price.
     *
     * @param billedCost what the provider will invoice
     * @param charge what the tenant owes; may be in another currency
     */
    record Priced(Money billedCost, Money charge) implements Rating {}

    /** The call has no price yet. */
    record Unpriced() implements Rating {}
}
