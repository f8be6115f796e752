package dev.meterbook.pricing.domain.charge;

/** Where a charge is rounded to the currency's minor unit. */
public enum AmountRounding {
    /** Each line, before discounts and caps; the sum is then exact. */
    EACH_LINE,
    /** Once, the sum of the lines. */
    WHOLE_CHARGE,
    /** Nowhere: it stays exact, to be rounded by whoever closes the statement. */
    NONE
}
