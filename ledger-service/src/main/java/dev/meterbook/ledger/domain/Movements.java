package dev.meterbook.ledger.domain;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** Sums transfers by account: each account is then updated once. Debits and credits stay equal. */
public final class Movements {

    private final Map<AccountKey, Movement> byAccount = new HashMap<>();

    /** Adds both sides of a transfer. A transfer of zero opens its accounts and moves nothing. */
    public void add(Transfer transfer) {
        BigDecimal amount = transfer.amount().amount();
        byAccount.compute(
                transfer.debit(), (_, sum) -> (sum == null ? Movement.NONE : sum).debit(amount));
        byAccount.compute(
                transfer.credit(), (_, sum) -> (sum == null ? Movement.NONE : sum).credit(amount));
    }

    /** What is moved on each account touched. */
    public Map<AccountKey, Movement> byAccount() {
        return Map.copyOf(byAccount);
    }
}
