package dev.meterbook.ledger.domain;

import dev.meterbook.kernel.Money;

/**
 * Money moved from one account to another: the only way to write in the book, so that debits and
 * credits are always equal.
 *
 * @param debit the account that is debited
 * @param credit the account that is credited
 * @param amount how much, exact; not negative
 */
public record Transfer(AccountKey debit, AccountKey credit, Money amount) {

    /**
     * Checks the amount.
     *
     * @throws IllegalArgumentException if the amount is negative, in another currency than an
     *     account, or both accounts are the same
     */
    public Transfer {
        if (amount.amount().signum() < 0) {
            throw new IllegalArgumentException("amount: " + amount + " (expected: >= 0)");
        }
        if (!debit.currency().equals(amount.currency())
                || !credit.currency().equals(amount.currency())) {
            throw new IllegalArgumentException(
                    "amount: " + amount + " (expected: the currency of both accounts)");
        }
        if (debit.equals(credit)) {
            throw new IllegalArgumentException(
                    "credit: " + credit.id() + " (expected: another account than debit)");
        }
    }

    /** A transfer of an amount of any sign: a negative one moves the other way. */
    public static Transfer ofSigned(AccountKey debit, AccountKey credit, Money amount) {
        return amount.amount().signum() < 0
                ? new Transfer(credit, debit, amount.negated())
                : new Transfer(debit, credit, amount);
    }
}
