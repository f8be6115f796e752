package dev.meterbook.ledger.domain;

/** Why a call was rated. */
public enum RatingKind {
    /** Its first rating. */
    INITIAL,
    /** Its price arrived after it had been found unpriced. */
    LATE,
    /** A corrected price: the amounts are differences to what was booked before. */
    CORRECTION
}
