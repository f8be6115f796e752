package dev.meterbook.allocation.domain;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * What calls consumed and cost, in one currency; exact. Also a difference to such sums, so that
 * counts may be negative. Sums are equal if their values are, whatever the amounts' scale.
 *
 * @param calls calls, unpriced ones included
 * @param unpricedCalls calls without a price; part of calls
 * @param tokens what they consumed
 * @param billedCost what providers will invoice
 * @param charge what tenants owe
 */
public record CostSums(
        long calls, long unpricedCalls, Tokens tokens, BigDecimal billedCost, BigDecimal charge) {

    /** Nothing. */
    public static final CostSums NONE =
            new CostSums(0, 0, Tokens.NONE, BigDecimal.ZERO, BigDecimal.ZERO);

    /** What providers will invoice; without trailing zeros. */
    @Override
    public BigDecimal billedCost() {
        return stripped(billedCost);
    }

    /** What tenants owe; without trailing zeros. */
    @Override
    public BigDecimal charge() {
        return stripped(charge);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CostSums that
                && calls == that.calls
                && unpricedCalls == that.unpricedCalls
                && tokens.equals(that.tokens)
                && billedCost.compareTo(that.billedCost) == 0
                && charge.compareTo(that.charge) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(calls, unpricedCalls, tokens, billedCost(), charge());
    }

    /** One call with a price, its amounts yet to be added. */
    public static CostSums ofPricedCall(Tokens tokens) {
        return new CostSums(1, 0, tokens, BigDecimal.ZERO, BigDecimal.ZERO);
    }

    /** One call without a price. */
    public static CostSums ofUnpricedCall(Tokens tokens) {
        return new CostSums(1, 1, tokens, BigDecimal.ZERO, BigDecimal.ZERO);
    }

    /** Takes one call back that had no price. */
    public static CostSums withoutUnpricedCall(Tokens tokens) {
        return new CostSums(-1, -1, tokens.negated(), BigDecimal.ZERO, BigDecimal.ZERO);
    }

    /** The same counts with these amounts. */
    public CostSums withAmounts(BigDecimal cost, BigDecimal owed) {
        return new CostSums(calls, unpricedCalls, tokens, cost, owed);
    }

    /**
     * The sum.
     *
     * @throws ArithmeticException if a count leaves 64 bits
     */
    public CostSums plus(CostSums other) {
        return new CostSums(
                Math.addExact(calls, other.calls),
                Math.addExact(unpricedCalls, other.unpricedCalls),
                tokens.plus(other.tokens),
                billedCost.add(other.billedCost),
                charge.add(other.charge));
    }

    private static BigDecimal stripped(BigDecimal amount) {
        return amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
    }
}
