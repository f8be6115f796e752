package dev.meterbook.ledger.projection.account;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.ledger.domain.AccountType;
import dev.meterbook.ledger.domain.Movement;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All accounts at one moment.
 *
 * @param ratingPosition position in the rating log up to which usage is booked
 * @param bookedCalls metered calls with a posting
 * @param unpricedCalls metered calls that wait for a price
 * @param currencies sums by currency code and type
 * @param accounts the first accounts
 * @param accountCount how many accounts there are
 */
public record TrialBalanceSnapshot(
        long ratingPosition,
        long bookedCalls,
        long unpricedCalls,
        SortedMap<String, SortedMap<AccountType, Movement>> currencies,
        List<AccountBalance> accounts,
        int accountCount) {

    /** The sum over all types of a currency. */
    public Movement total(CurrencyCode currency) {
        return currencies.getOrDefault(currency.code(), new TreeMap<>()).values().stream()
                .reduce(
                        Movement.NONE,
                        (sum, each) -> sum.debit(each.debits()).credit(each.credits()));
    }
}
