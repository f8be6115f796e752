package dev.meterbook.ledger.domain;

/** Why a credit is not granted; the names are stable reasons. */
public enum CreditRefusal {
    /** A credit of that id with other content exists. */
    CREDIT_ID_TAKEN,
    /** It would have expired already. */
    EXPIRE_TIME_PASSED
}
