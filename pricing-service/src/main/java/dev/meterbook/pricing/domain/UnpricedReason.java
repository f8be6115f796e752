package dev.meterbook.pricing.domain;

/** Why a call has no price. Such a call is never worth zero: it waits until it can be rated. */
public enum UnpricedReason {
    /** No contract or catalogue knows the provider's model at that time. */
    UNKNOWN_MODEL,
    /** The model is known, but one of the metered kinds has no price. */
    NO_PRICE_FOR_LEAF,
    /** The tenant's plan cannot be applied to the cost's currency. */
    NO_PLAN
}
