package dev.meterbook.gateway.portal;

import dev.meterbook.gateway.backend.Services;
import dev.meterbook.gateway.backend.Wire;
import dev.meterbook.gateway.domain.Amounts;
import dev.meterbook.proto.ledger.v1.Account;
import dev.meterbook.proto.ledger.v1.AccountType;
import dev.meterbook.proto.ledger.v1.CurrencyBalance;
import dev.meterbook.proto.ledger.v1.GetTrialBalanceRequest;
import dev.meterbook.proto.ledger.v1.TrialBalance;
import dev.meterbook.proto.ledger.v1.TypeBalance;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The ledger's trial balance.
 *
 * @param balanced true if debits and credits are equal in every currency
 * @param calls calls that are booked
 * @param unpriced calls that wait for a price
 * @param position position of the rating log up to which usage is booked
 * @param currencies sums by currency
 * @param accounts single accounts
 * @param omitted accounts that are not listed for their number; empty for none
 */
public record Book(
        boolean balanced,
        String calls,
        String unpriced,
        String position,
        List<CurrencySums> currencies,
        List<Entry> accounts,
        String omitted) {

    private static final int MAX_ACCOUNTS = 500;

    /** Tenants by name, then the operator; of each in the order of the chart of accounts. */
    private static final Comparator<Account> BY_OWNER =
            Comparator.comparing((Account account) -> Wire.tenantOf(account.getName()).isEmpty())
                    .thenComparing(account -> Wire.tenantOf(account.getName()))
                    .thenComparing(Account::getType)
                    .thenComparing(Account::getContract);

    /**
     * Sums of one currency.
     *
     * @param code the currency
     * @param debits all debits
     * @param credits all credits
     * @param difference debits minus credits
     * @param balanced true if that is zero
     * @param types sums by what accounts are for
     */
    public record CurrencySums(
            String code,
            String debits,
            String credits,
            String difference,
            boolean balanced,
            List<Entry> types) {}

    /**
     * One line.
     *
     * @param owner tenant, contract or operator; empty for sums
     * @param type what the account is for
     * @param debits debits
     * @param credits credits
     * @param balance on the side on which it grows
     */
    public record Entry(String owner, String type, String debits, String credits, String balance) {}

    static Book read(Services services) {
        return of(services.ledger().getTrialBalance(GetTrialBalanceRequest.getDefaultInstance()));
    }

    private static Book of(TrialBalance trial) {
        List<CurrencySums> currencies =
                trial.getCurrenciesList().stream().map(Book::currency).toList();
        int omitted =
                trial.getOmittedAccountCount()
                        + Math.max(0, trial.getAccountsCount() - MAX_ACCOUNTS);
        return new Book(
                currencies.stream().allMatch(CurrencySums::balanced),
                Amounts.count(trial.getBookedCallCount()),
                Amounts.count(trial.getUnpricedCallCount()),
                Amounts.count(trial.getRatingPosition()),
                currencies,
                trial.getAccountsList().stream()
                        .limit(MAX_ACCOUNTS)
                        .sorted(BY_OWNER)
                        .map(Book::account)
                        .toList(),
                omitted == 0 ? "" : Amounts.count(omitted));
    }

    private static CurrencySums currency(CurrencyBalance sums) {
        return new CurrencySums(
                Wire.money(sums.getDebits()).currency().code(),
                Amounts.exact(Wire.money(sums.getDebits())),
                Amounts.exact(Wire.money(sums.getCredits())),
                Amounts.exact(Wire.money(sums.getDifference())),
                Wire.money(sums.getDifference()).isZero(),
                sums.getTypesList().stream().map(Book::type).toList());
    }

    private static Entry type(TypeBalance sums) {
        return new Entry(
                "",
                name(sums.getType()),
                Amounts.exact(Wire.money(sums.getDebits())),
                Amounts.exact(Wire.money(sums.getCredits())),
                Amounts.exact(Wire.money(sums.getBalance())));
    }

    private static Entry account(Account account) {
        String tenant = Wire.tenantOf(account.getName());
        String contract = account.getContract().isEmpty() ? "" : " · " + account.getContract();
        return new Entry(
                (tenant.isEmpty() ? "operator" : tenant) + contract,
                name(account.getType()),
                Amounts.exact(Wire.money(account.getDebits())),
                Amounts.exact(Wire.money(account.getCredits())),
                Amounts.exact(Wire.money(account.getBalance())));
    }

    private static String name(AccountType type) {
        String words =
                type.name().replace("ACCOUNT_TYPE_", "").replace('_', ' ').toLowerCase(Locale.ROOT);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
