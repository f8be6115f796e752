package dev.meterbook.pricing.domain.charge;

/** Which part of a period is billed. */
public enum Position {
    /** The whole period at once. */
    SINGLE,
    /** The part that opens a period that is billed in parts. */
    FIRST,
    /** A part between the first and the last. */
    MID,
    /** The part that closes it. */
    LAST;

    /** True where what is due in advance is billed. */
    public boolean opens() {
        return this == SINGLE || this == FIRST;
    }

    /** True where what is due in arrears is billed. */
    public boolean closes() {
        return this == SINGLE || this == LAST;
    }
}
