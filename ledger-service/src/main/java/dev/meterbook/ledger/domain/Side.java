package dev.meterbook.ledger.domain;

/** The two sides of an account. */
public enum Side {
    DEBIT,
    CREDIT
}
