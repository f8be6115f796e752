package dev.meterbook.ledger.domain;

import dev.meterbook.kernel.CurrencyCode;
import java.util.Optional;

/** How a tenant came to a credit. Codes are stored and sent, and never change. */
public enum CreditKind {
    /** The tenant paid for it. */
    PURCHASED(1, AccountType.PAYMENT_CLEARING),
    /** The operator gave it away. */
    PROMOTIONAL(2, AccountType.PROMOTIONAL_CREDIT);

    private final int code;
    private final AccountType source;

    CreditKind(int code, AccountType source) {
        this.code = code;
        this.source = source;
    }

    /** The kind of a stored code, if there is one. */
    public static Optional<CreditKind> ofCode(int code) {
        return code < 1 || code > values().length
                ? Optional.empty()
                : Optional.of(values()[code - 1]);
    }

    /** The number that is stored and sent. */
    public int code() {
        return code;
    }

    /** The account that is debited by a grant to a tenant. */
    public AccountKey source(String tenant, CurrencyCode currency) {
        return source.owner() == AccountType.Owner.TENANT
                ? AccountKey.ofTenant(source, tenant, currency)
                : new AccountKey(source, "", "", currency);
    }
}
