package dev.meterbook.pricing.domain.charge;

/** To which tier a quantity belongs that is exactly the end of one. */
public enum TierEnd {
    /** To the tier that ends there: {@code up_to} 10 holds 10. */
    INCLUSIVE,
    /** To the next tier: {@code up_to} 10 holds what is less than 10. */
    EXCLUSIVE
}
