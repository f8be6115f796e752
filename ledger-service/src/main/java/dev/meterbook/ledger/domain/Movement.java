package dev.meterbook.ledger.domain;

import java.math.BigDecimal;

/**
 * What is debited to and credited to one account, in its currency.
 *
 * @param debits sum of the debits; not negative
 * @param credits sum of the credits; not negative
 */
public record Movement(BigDecimal debits, BigDecimal credits) {

    /** Nothing. */
    public static final Movement NONE = new Movement(BigDecimal.ZERO, BigDecimal.ZERO);

    /** The sum of both. */
    public Movement plus(Movement other) {
        return new Movement(debits.add(other.debits), credits.add(other.credits));
    }

    /** The same seen from the account on the other side. */
    public Movement opposite() {
        return new Movement(credits, debits);
    }

    /** With a further debit. */
    public Movement debit(BigDecimal amount) {
        return new Movement(debits.add(amount), credits);
    }

    /** With a further credit. */
    public Movement credit(BigDecimal amount) {
        return new Movement(debits, credits.add(amount));
    }

    /** The balance on a side: negative if the other side is larger. */
    public BigDecimal balance(Side side) {
        return switch (side) {
            case DEBIT -> debits.subtract(credits);
            case CREDIT -> credits.subtract(debits);
        };
    }
}
