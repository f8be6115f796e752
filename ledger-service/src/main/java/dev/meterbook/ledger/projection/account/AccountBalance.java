package dev.meterbook.ledger.projection.account;

import dev.meterbook.ledger.domain.AccountKey;
import dev.meterbook.ledger.domain.Movement;

/**
 * An account as it stands.
 *
 * @param id its number; ascending in the order of opening
 * @param key what it is
 * @param sums all debits and all credits
 */
public record AccountBalance(int id, AccountKey key, Movement sums) {}
