package dev.meterbook.ledger.domain;

import java.math.BigDecimal;

/**
 * Charges not yet invoiced.
 *
 * @param calls how many calls; corrections are not counted
 * @param inputTokens input tokens, cached ones included
 * @param outputTokens output tokens, reasoning included
 * @param charge exact sum in the key's currency; negative if corrections outweigh the calls
 */
public record BillableSum(long calls, long inputTokens, long outputTokens, BigDecimal charge) {

    /** Nothing. */
    public static final BillableSum NONE = new BillableSum(0, 0, 0, BigDecimal.ZERO);

    /** What one call adds. A correction changes the charge alone: its call is counted already. */
    public static BillableSum of(PricedCall call) {
        return call.kind() == RatingKind.CORRECTION
                ? new BillableSum(0, 0, 0, call.charge().amount())
                : new BillableSum(
                        1, call.inputTokens(), call.outputTokens(), call.charge().amount());
    }

    /** What a settled period adds: an amount without calls. */
    public static BillableSum of(Settlement settlement) {
        return new BillableSum(0, 0, 0, settlement.amount().amount());
    }

    /**
     * The sum of both.
     *
     * @throws ArithmeticException if a count exceeds 2^63 - 1
     */
    public BillableSum plus(BillableSum other) {
        return new BillableSum(
                Math.addExact(calls, other.calls),
                Math.addExact(inputTokens, other.inputTokens),
                Math.addExact(outputTokens, other.outputTokens),
                charge.add(other.charge));
    }
}
