package dev.meterbook.ledger.domain;

import java.time.Instant;

/**
 * The event that a tenant got a credit.
 *
 * @param id which credit
 * @param terms what it says
 * @param grantTime when it was granted
 */
public record CreditGranted(CreditId id, CreditTerms terms, Instant grantTime) {}
