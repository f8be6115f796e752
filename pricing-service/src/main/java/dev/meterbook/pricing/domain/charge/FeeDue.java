package dev.meterbook.pricing.domain.charge;

/** In which part of a period a flat fee is due. */
public enum FeeDue {
    /** In the part that opens the period. */
    IN_ADVANCE,
    /** In the part that closes the period. */
    IN_ARREARS
}
