package dev.meterbook.ledger.domain;

import java.time.Instant;

/**
 * The command to grant a credit.
 *
 * @param id which credit
 * @param terms what it is to say
 * @param at now
 */
public record GrantCredit(CreditId id, CreditTerms terms, Instant at) {}
