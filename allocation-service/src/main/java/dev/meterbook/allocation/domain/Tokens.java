package dev.meterbook.allocation.domain;

/**
 * Counts of tokens.
 *
 * @param input input tokens, cached ones included
 * @param cacheRead input tokens read from the cache; part of input
 * @param cacheWrite input tokens written to the cache; part of input
 * @param output output tokens, reasoning included
 * @param reasoning output tokens spent on reasoning; part of output
 */
public record Tokens(long input, long cacheRead, long cacheWrite, long output, long reasoning) {

    /** No tokens. */
    public static final Tokens NONE = new Tokens(0, 0, 0, 0, 0);

    /**
     * The sum.
     *
     * @throws ArithmeticException if a sum leaves 64 bits
     */
    public Tokens plus(Tokens other) {
        return new Tokens(
                Math.addExact(input, other.input),
                Math.addExact(cacheRead, other.cacheRead),
                Math.addExact(cacheWrite, other.cacheWrite),
                Math.addExact(output, other.output),
                Math.addExact(reasoning, other.reasoning));
    }

    /** The counts with the opposite sign: takes back what was counted. */
    public Tokens negated() {
        return new Tokens(-input, -cacheRead, -cacheWrite, -output, -reasoning);
    }
}
