package dev.meterbook.pricing.domain;

/** The service tier of a provider that a call was made in. */
public enum ServiceTier {
    /** The default tier. */
    STANDARD,
    /** Delayed answers at a lower price. */
    BATCH,
    /** Slower answers at a lower price. */
    FLEX,
    /** Faster answers at a higher price. */
    PRIORITY
}
