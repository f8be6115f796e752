package dev.meterbook.ledger.domain;

import java.util.Locale;
import java.util.Optional;

/**
 * The chart of accounts: what an account is for, the side on which it grows, and whose it is.
 * Assets and expenses grow by debits; liabilities and income by credits. Codes are stored and sent,
 * and never change.
 */
public enum AccountType {
    /** Owed to a provider under a contract. */
    PROVIDER_PAYABLE(1, Side.CREDIT, Owner.OPERATOR),
    /** What the providers' service cost. */
    USAGE_COST(2, Side.DEBIT, Owner.TENANT),
    /** Paid ahead for reservations. */
    RESERVATION_PREPAID(3, Side.DEBIT, Owner.OPERATOR),
    /** Reserved and not used. */
    RESERVATION_UNUSED(4, Side.DEBIT, Owner.OPERATOR),
    /** Owed by a tenant, not yet invoiced. */
    UNBILLED_RECEIVABLE(5, Side.DEBIT, Owner.TENANT),
    /** Owed by a tenant, invoiced. */
    BILLED_RECEIVABLE(6, Side.DEBIT, Owner.TENANT),
    /** What a tenant was charged. */
    CHARGEBACK_REVENUE(7, Side.CREDIT, Owner.TENANT),
    /** Owed to a tenant: what is left of its prepaid credits. */
    TENANT_CREDIT(8, Side.CREDIT, Owner.TENANT),
    /** Owed to a tax office. */
    TAX_PAYABLE(9, Side.CREDIT, Owner.OPERATOR),
    /** What rounding invoice lines added; a debit balance is what it took away. */
    ROUNDING(10, Side.CREDIT, Owner.TENANT),
    /** Money of calls that wait for a price. */
    SUSPENSE_UNPRICED(11, Side.DEBIT, Owner.TENANT),
    /** Payments received, until the bank's book takes them over. */
    PAYMENT_CLEARING(12, Side.DEBIT, Owner.TENANT),
    /** What contracts owed for periods beside the calls. */
    COMMITMENT_SHORTFALL(13, Side.DEBIT, Owner.OPERATOR),
    /** Credit given away. */
    PROMOTIONAL_CREDIT(14, Side.DEBIT, Owner.OPERATOR);

    /** Whose accounts of a type are. */
    public enum Owner {
        OPERATOR,
        TENANT
    }

    private final int code;
    private final Side side;
    private final Owner owner;
    private final String id = name().toLowerCase(Locale.ROOT);

    AccountType(int code, Side side, Owner owner) {
        this.code = code;
        this.side = side;
        this.owner = owner;
    }

    /** The type of a stored code, if there is one. */
    public static Optional<AccountType> ofCode(int code) {
        AccountType[] types = values();
        return code < 1 || code > types.length ? Optional.empty() : Optional.of(types[code - 1]);
    }

    /** The type of an id such as {@code usage_cost}, if there is one. */
    public static Optional<AccountType> ofId(String id) {
        for (AccountType type : values()) {
            if (type.id.equals(id)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** The number that is stored and sent. */
    public int code() {
        return code;
    }

    /** The name in account ids, in lower snake case. */
    public String id() {
        return id;
    }

    /** The side on which accounts of this type grow. */
    public Side side() {
        return side;
    }

    /** Whose accounts of this type are. */
    public Owner owner() {
        return owner;
    }
}
