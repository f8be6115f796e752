package dev.meterbook.budget.application.admission;

/** What became of a hold. */
public enum HoldState {
    /** It holds. */
    OPEN,
    /** Given back. */
    RELEASED,
    /** Its usage arrived. */
    SETTLED,
    /** Its time ran out. */
    EXPIRED,
    /** Its usage arrived, but has no price yet. */
    AWAITING_PRICE,
    /** There is none, or it ended long ago. */
    UNKNOWN
}
