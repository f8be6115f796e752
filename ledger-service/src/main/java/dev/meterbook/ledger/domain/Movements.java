package dev.meterbook.ledger.domain;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** Sums transfers by account: each account is then updated once. Debits and credits stay equal. */
public final class Movements {

    private final Map<AccountKey, Movement> byAccount = new HashMap<>();

    /** Adds both sides of a transfer. */
    public void add(Transfer transfer) {
        BigDecimal amount = transfer.amount().amount();
        add(transfer.debit(), transfer.credit(), Movement.NONE.debit(amount));
    }

    /**
     * Adds both sides of many transfers between two accounts. Transfers of zero open the accounts
     * and move nothing.
     *
     * @param account one account
     * @param other the other account
     * @param movement as the one account sees it
     */
    public void add(AccountKey account, AccountKey other, Movement movement) {
        byAccount.merge(account, movement, Movement::plus);
        byAccount.merge(other, movement.opposite(), Movement::plus);
    }

    /** What is moved on each account touched. */
    public Map<AccountKey, Movement> byAccount() {
        return Map.copyOf(byAccount);
    }
}
