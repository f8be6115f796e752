package dev.meterbook.pricing.domain.charge;

/** When a whole-volume price is owed in a period that is billed in parts. */
public enum VolumeDue {
    /** In each part, as the difference to what the parts before came to; it may be negative. */
    EVERY_PART,
    /** Only in the part that closes the period, for all of its usage. */
    LAST_PART
}
