package dev.meterbook.pricing.domain.charge;

/** Which tiers of blocks a quantity is priced by. */
public enum BlockPolicy {
    /** Tiers are filled one after another, each at its own price. */
    ALL_TIERS,
    /** The whole quantity at the price of the tier that is reached by filling them. */
    TOP_TIER
}
