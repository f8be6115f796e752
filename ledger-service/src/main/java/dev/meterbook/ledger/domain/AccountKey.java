package dev.meterbook.ledger.domain;

import dev.meterbook.kernel.CurrencyCode;
import java.util.Optional;

/**
 * One account: a purpose, an owner and a currency.
 *
 * @param type what it is for
 * @param tenant the tenant that owns it; empty for the operator's
 * @param contract the provider contract it is kept for; empty if it is not kept by contract
 * @param currency currency of everything booked on it
 */
public record AccountKey(AccountType type, String tenant, String contract, CurrencyCode currency) {

    /**
     * Checks the owner.
     *
     * @throws IllegalArgumentException if the type is a tenant's and there is none, or the reverse
     */
    public AccountKey {
        if ((type.owner() == AccountType.Owner.TENANT) == tenant.isEmpty()) {
            throw new IllegalArgumentException(
                    "tenant: \"" + tenant + "\" (expected: owner of " + type.id() + ")");
        }
    }

    /** A tenant's account. */
    public static AccountKey ofTenant(AccountType type, String tenant, CurrencyCode currency) {
        return new AccountKey(type, tenant, "", currency);
    }

    /** What is owed to the provider of a contract. */
    public static AccountKey providerPayable(String contract, CurrencyCode currency) {
        return new AccountKey(AccountType.PROVIDER_PAYABLE, "", contract, currency);
    }

    /** What a contract owed for periods beside the calls. */
    public static AccountKey commitmentShortfall(String contract, CurrencyCode currency) {
        return new AccountKey(AccountType.COMMITMENT_SHORTFALL, "", contract, currency);
    }

    /**
     * The account of an id such as {@code unbilled_receivable.USD} or {@code
     * provider_payable.openai-main.USD}.
     *
     * @param tenant the owner; empty for the operator
     * @return the key, or empty if the owner has no such account
     */
    public static Optional<AccountKey> parse(String tenant, String id) {
        int first = id.indexOf('.');
        int last = id.lastIndexOf('.');
        if (first < 0) {
            return Optional.empty();
        }
        String contract = first == last ? "" : id.substring(first + 1, last);
        return AccountType.ofId(id.substring(0, first))
                .filter(type -> (type.owner() == AccountType.Owner.OPERATOR) == tenant.isEmpty())
                .flatMap(
                        type ->
                                CurrencyCode.parse(id.substring(last + 1))
                                        .map(it -> new AccountKey(type, tenant, contract, it)));
    }

    /** The account's id, unique within its owner. */
    public String id() {
        return contract.isEmpty()
                ? type.id() + "." + currency
                : type.id() + "." + contract + "." + currency;
    }
}
