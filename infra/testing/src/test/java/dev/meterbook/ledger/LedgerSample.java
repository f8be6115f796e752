package dev.meterbook.ledger;

/** What no other service may see. */
public record LedgerSample(long position) {}
