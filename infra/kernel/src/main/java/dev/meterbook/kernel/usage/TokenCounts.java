package dev.meterbook.kernel.usage;

import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;
import dev.meterbook.kernel.Violation;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Token totals of one call as a provider reports them. Providers disagree about what a total holds;
 * the convention says it. Each count is from 0 to {@link UsageTotals#MAX_TOKENS}.
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

    private static final String PATH = "usage.tokens.";

    private static final List<String> NAMES =
            List.of(
                    "input_tokens",
                    "output_tokens",
                    "cache_read_tokens",
                    "cache_write_tokens",
                    "cache_write_5m_tokens",
                    "cache_write_1h_tokens",
                    "reasoning_tokens",
                    "input_audio_tokens",
                    "output_audio_tokens");

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

    /** What is wrong, the first thing only; null if nothing is. */
    @Nullable Violation violation() {
        Violation range = rangeViolation();
        Violation convention = range != null ? range : conventionViolation();
        Violation input = convention != null ? convention : inputViolation();
        return input != null ? input : outputViolation();
    }

    /** Adds the disjoint parts; their sum is what the provider counted. Only without violation. */
    void addTo(Quantities.Builder leaves) {
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

    private @Nullable Violation rangeViolation() {
        long written = cacheWrite | cacheWrite5m | cacheWrite1h;
        long bits = input | output | cacheRead | written | reasoning | inputAudio | outputAudio;
        // No count is above what the bits of all make, so this is all that a usual call costs.
        return bits >= 0 && bits <= UsageTotals.MAX_TOKENS ? null : firstOutOfRange();
    }

    private @Nullable Violation firstOutOfRange() {
        long[] counts = {
            input,
            output,
            cacheRead,
            cacheWrite,
            cacheWrite5m,
            cacheWrite1h,
            reasoning,
            inputAudio,
            outputAudio
        };
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] < 0 || counts[i] > UsageTotals.MAX_TOKENS) {
                return UsageTotals.outOfRange(
                        PATH + NAMES.get(i), BigDecimal.valueOf(counts[i]), UsageTotals.MAX_TOKENS);
            }
        }
        return null;
    }

    private @Nullable Violation conventionViolation() {
        if (convention == Convention.UNKNOWN) {
            return new Violation(
                    "UNKNOWN_CONVENTION",
                    PATH + "convention",
                    "unknown value",
                    "INCLUSIVE or EXCLUSIVE");
        }
        boolean isNeeded = cached() > 0 || reasoning > 0;
        return convention == Convention.UNSPECIFIED && isNeeded
                ? new Violation(
                        "CONVENTION_REQUIRED",
                        PATH + "convention",
                        "unspecified",
                        "INCLUSIVE or EXCLUSIVE, since cached or reasoning tokens are given")
                : null;
    }

    private @Nullable Violation inputViolation() {
        if (uncachedInput() < 0) {
            return new Violation(
                    "CACHED_ABOVE_INPUT",
                    PATH + "input_tokens",
                    Long.toString(input),
                    "at least the " + cached() + " tokens read from or written to the cache");
        }
        return inputAudio > uncachedInput()
                ? new Violation(
                        "AUDIO_ABOVE_INPUT",
                        PATH + "input_audio_tokens",
                        Long.toString(inputAudio),
                        "at most the " + uncachedInput() + " uncached input tokens")
                : null;
    }

    private @Nullable Violation outputViolation() {
        if (reasoning > output) {
            return new Violation(
                    "REASONING_ABOVE_OUTPUT",
                    PATH + "reasoning_tokens",
                    Long.toString(reasoning),
                    "at most the " + output + " output tokens");
        }
        return outputAudio > output - reasoning
                ? new Violation(
                        "AUDIO_ABOVE_OUTPUT",
                        PATH + "output_audio_tokens",
                        Long.toString(outputAudio),
                        "at most the " + (output - reasoning) + " output tokens without reasoning")
                : null;
    }
}
