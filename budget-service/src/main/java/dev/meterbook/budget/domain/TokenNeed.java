package dev.meterbook.budget.domain;

/**
 * How many tokens a call takes at most.
 *
 * @param input estimated input tokens
 * @param maxOutput output tokens at most
 * @param minOutput the fewest with which the call is of use
 */
public record TokenNeed(long input, long maxOutput, long minOutput) {

    /** The most of either. */
    public static final long MAX_TOKENS = 1_000_000_000L;

    /** The same with a lower limit of output. */
    public TokenNeed withMaxOutput(long lower) {
        return new TokenNeed(input, lower, minOutput);
    }
}
