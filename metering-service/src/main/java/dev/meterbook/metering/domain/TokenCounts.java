package dev.meterbook.metering.domain;

import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;

/**
 * Token totals of one call as a provider reports them. Providers disagree about what a total holds;
 * the convention says it.
 *
 * @param convention how the totals relate to their parts
 * @param input input tokens; holds the cached ones under {@link Convention#INCLUSIVE} only
 * @param output output tokens, reasoning included
 * @param cacheRead input tokens read from the prompt cache
 * @param cacheWrite input tokens written to the prompt cache, life time not told
 * @param cacheWrite5m input tokens written for five minutes; not part of {@code cacheWrite}
 * @param cacheWrite1h input tokens written for one hour; not part of {@code cacheWrite}
 * @param reasoning output tokens spent on reasoning
 * @param inputAudio input tokens that are audio, not cached; part of {@code input}
 * @param outputAudio output tokens that are audio; part of {@code output}
 */
public record TokenCounts(
        Convention convention,
        long input,
        long output,
        long cacheRead,
        long cacheWrite,
        long cacheWrite5m,
        long cacheWrite1h,
        long reasoning,
        long inputAudio,
        long outputAudio) {

    /** The largest count of tokens of one kind in one call. */
    public static final long MAX_COUNT = 1_000_000_000;

    /** How totals relate to their parts. */
    public enum Convention {
        /** Not told; enough where nothing is cached and nothing was reasoned. */
        UNSPECIFIED,
        /** The input total holds cached tokens, the output total holds reasoning. */
        INCLUSIVE,
        /** The input total holds no cached token, the output total holds reasoning. */
        EXCLUSIVE,
        /** A value that this version does not know; refused. */
        UNKNOWN
    }

    void check(Findings findings) {
        checkRange("input_tokens", input, findings);
        checkRange("output_tokens", output, findings);
        checkRange("cache_read_tokens", cacheRead, findings);
        checkRange("cache_write_tokens", cacheWrite, findings);
        checkRange("cache_write_5m_tokens", cacheWrite5m, findings);
        checkRange("cache_write_1h_tokens", cacheWrite1h, findings);
        checkRange("reasoning_tokens", reasoning, findings);
        checkRange("input_audio_tokens", inputAudio, findings);
        checkRange("output_audio_tokens", outputAudio, findings);
        checkConvention(findings);
        checkInput(findings);
        checkOutput(findings);
    }

    /** Adds the disjoint parts; their sum is what the provider counted. Only after the check. */
    void addLeaves(Quantities.Builder leaves) {
        leaves.add(Leaf.INPUT, uncachedInput() - inputAudio);
        leaves.add(Leaf.INPUT_AUDIO, inputAudio);
        leaves.add(Leaf.INPUT_CACHE_READ, cacheRead);
        leaves.add(Leaf.INPUT_CACHE_WRITE, cacheWrite);
        leaves.add(Leaf.INPUT_CACHE_WRITE_5M, cacheWrite5m);
        leaves.add(Leaf.INPUT_CACHE_WRITE_1H, cacheWrite1h);
        leaves.add(Leaf.OUTPUT, output - reasoning - outputAudio);
        leaves.add(Leaf.OUTPUT_AUDIO, outputAudio);
        leaves.add(Leaf.OUTPUT_REASONING, reasoning);
    }

    private long cached() {
        return cacheRead + cacheWrite + cacheWrite5m + cacheWrite1h;
    }

    private long uncachedInput() {
        return convention == Convention.INCLUSIVE ? input - cached() : input;
    }

    private void checkConvention(Findings findings) {
        if (convention == Convention.UNKNOWN) {
            findings.add(
                    Reason.UNKNOWN_CONVENTION,
                    "usage.tokens.convention",
                    "unknown value",
                    "INCLUSIVE or EXCLUSIVE");
        } else if (convention == Convention.UNSPECIFIED && (cached() > 0 || reasoning > 0)) {
            findings.add(
                    Reason.CONVENTION_REQUIRED,
                    "usage.tokens.convention",
                    "unspecified",
                    "INCLUSIVE or EXCLUSIVE, since cached or reasoning tokens are given");
        }
    }

    private void checkInput(Findings findings) {
        if (uncachedInput() < 0) {
            findings.add(
                    Reason.CACHED_ABOVE_INPUT,
                    "usage.tokens.input_tokens",
                    Long.toString(input),
                    "at least the " + cached() + " tokens read from or written to the cache");
        } else if (inputAudio > uncachedInput()) {
            findings.add(
                    Reason.AUDIO_ABOVE_INPUT,
                    "usage.tokens.input_audio_tokens",
                    Long.toString(inputAudio),
                    "at most the " + uncachedInput() + " uncached input tokens");
        }
    }

    private void checkOutput(Findings findings) {
        if (reasoning > output) {
            findings.add(
                    Reason.REASONING_ABOVE_OUTPUT,
                    "usage.tokens.reasoning_tokens",
                    Long.toString(reasoning),
                    "at most the " + output + " output tokens");
        } else if (outputAudio > output - reasoning) {
            findings.add(
                    Reason.AUDIO_ABOVE_OUTPUT,
                    "usage.tokens.output_audio_tokens",
                    Long.toString(outputAudio),
                    "at most the " + (output - reasoning) + " output tokens without reasoning");
        }
    }

    private static void checkRange(String field, long count, Findings findings) {
        if (count < 0 || count > MAX_COUNT) {
            findings.addCount("usage.tokens." + field, count, MAX_COUNT);
        }
    }
}
