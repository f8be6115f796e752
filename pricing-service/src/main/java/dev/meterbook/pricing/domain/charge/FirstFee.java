package dev.meterbook.pricing.domain.charge;

/** When the flat amount of the first tier is owed. */
public enum FirstFee {
    /** As soon as the period opens, even if nothing is used in it. */
    WITHOUT_USAGE,
    /** With the first usage; nothing used, nothing owed. */
    WITH_USAGE
}
