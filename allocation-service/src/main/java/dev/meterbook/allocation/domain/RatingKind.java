package dev.meterbook.allocation.domain;

/** Why a call was rated. */
public enum RatingKind {
    /** First rating of a call just metered. */
    INITIAL,
    /** A price arrived for a call that was unpriced. */
    LATE,
    /** Amounts are differences to what was rated before. */
    CORRECTION
}
