package dev.meterbook.pricing.grpc;

import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;
import dev.meterbook.pricing.domain.Findings;
import dev.meterbook.proto.metering.v1.CountingConvention;
import dev.meterbook.proto.metering.v1.TokenCounts;
import dev.meterbook.proto.metering.v1.Usage;
import dev.meterbook.proto.type.v1.LeafQuantity;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Usage as clients ask for its price: totals of tokens, quantities of other kinds, or both. */
final class UsageForms {

    private static final int MAX_QUANTITIES = 32;
    private static final long MAX_TOKENS = 1_000_000_000;

    private UsageForms() {}

    /** The disjoint quantities; of use only if nothing was found. */
    static Quantities fromProto(Usage usage, Findings findings) {
        Quantities.Builder quantities = Quantities.builder();
        if (!usage.hasTokens() && usage.getQuantitiesCount() == 0) {
            findings.add("USAGE_MISSING", "usage", "missing", "tokens or quantities");
        }
        if (usage.hasTokens()) {
            addTokens(usage.getTokens(), quantities, findings);
        }
        if (usage.getQuantitiesCount() > MAX_QUANTITIES) {
            findings.add(
                    "TOO_MANY_QUANTITIES",
                    "usage.quantities",
                    Integer.toString(usage.getQuantitiesCount()),
                    "at most " + MAX_QUANTITIES);
        }
        Set<Leaf> seen = EnumSet.noneOf(Leaf.class);
        for (int i = 0; i < usage.getQuantitiesCount(); i++) {
            addQuantity(usage, i, seen, quantities, findings);
        }
        return quantities.build();
    }

    private static void addQuantity(
            Usage usage, int index, Set<Leaf> seen, Quantities.Builder sum, Findings findings) {
        LeafQuantity message = usage.getQuantities(index);
        String path = "usage.quantities[" + index + "]";
        Optional<Leaf> leaf = Leaf.ofCode(message.getLeafValue());
        if (leaf.isEmpty()) {
            findings.add(
                    "UNKNOWN_LEAF",
                    path + ".leaf",
                    Integer.toString(message.getLeafValue()),
                    "a kind of quantity");
            return;
        }
        boolean isToken = leaf.get().unit() == Leaf.Unit.TOKEN;
        if (usage.hasTokens() && isToken) {
            findings.add(
                    "TOKENS_AND_QUANTITIES",
                    path + ".leaf",
                    leaf.get().id(),
                    "no kind of token beside usage.tokens");
        } else if (!seen.add(leaf.get())) {
            findings.add("DUPLICATE_LEAF", path + ".leaf", leaf.get().id(), "each kind once");
        } else if (isIn(
                message.getQuantity(), Quantities.MAX_QUANTITY, path + ".quantity", findings)) {
            sum.add(leaf.get(), message.getQuantity());
        }
    }

    private static void addTokens(TokenCounts tokens, Quantities.Builder sum, Findings findings) {
        if (!areInRange(tokens, findings)) {
            return;
        }
        long cached =
                tokens.getCacheReadTokens()
                        + tokens.getCacheWriteTokens()
                        + tokens.getCacheWrite5MTokens()
                        + tokens.getCacheWrite1HTokens();
        boolean isInclusive =
                tokens.getConvention() == CountingConvention.COUNTING_CONVENTION_INCLUSIVE;
        long uncached = tokens.getInputTokens() - (isInclusive ? cached : 0);
        long plainInput = uncached - tokens.getInputAudioTokens();
        long plainOutput =
                tokens.getOutputTokens()
                        - tokens.getReasoningTokens()
                        - tokens.getOutputAudioTokens();
        if (!isConsistent(tokens, cached, plainInput, plainOutput, findings)) {
            return;
        }
        sum.add(Leaf.INPUT, plainInput)
                .add(Leaf.INPUT_AUDIO, tokens.getInputAudioTokens())
                .add(Leaf.INPUT_CACHE_READ, tokens.getCacheReadTokens())
                .add(Leaf.INPUT_CACHE_WRITE, tokens.getCacheWriteTokens())
                .add(Leaf.INPUT_CACHE_WRITE_5M, tokens.getCacheWrite5MTokens())
                .add(Leaf.INPUT_CACHE_WRITE_1H, tokens.getCacheWrite1HTokens())
                .add(Leaf.OUTPUT, plainOutput)
                .add(Leaf.OUTPUT_AUDIO, tokens.getOutputAudioTokens())
                .add(Leaf.OUTPUT_REASONING, tokens.getReasoningTokens());
    }

    private static boolean areInRange(TokenCounts tokens, Findings findings) {
        return isTokens(tokens.getInputTokens(), "input_tokens", findings)
                && isTokens(tokens.getOutputTokens(), "output_tokens", findings)
                && isTokens(tokens.getCacheReadTokens(), "cache_read_tokens", findings)
                && isTokens(tokens.getCacheWriteTokens(), "cache_write_tokens", findings)
                && isTokens(tokens.getCacheWrite5MTokens(), "cache_write_5m_tokens", findings)
                && isTokens(tokens.getCacheWrite1HTokens(), "cache_write_1h_tokens", findings)
                && isTokens(tokens.getReasoningTokens(), "reasoning_tokens", findings)
                && isTokens(tokens.getInputAudioTokens(), "input_audio_tokens", findings)
                && isTokens(tokens.getOutputAudioTokens(), "output_audio_tokens", findings);
    }

    private static boolean isConsistent(
            TokenCounts tokens, long cached, long plainInput, long plainOutput, Findings findings) {
        CountingConvention convention = tokens.getConvention();
        boolean isTold =
                convention == CountingConvention.COUNTING_CONVENTION_INCLUSIVE
                        || convention == CountingConvention.COUNTING_CONVENTION_EXCLUSIVE;
        if (!isTold && (cached > 0 || tokens.getReasoningTokens() > 0)) {
            findings.add(
                    "CONVENTION_REQUIRED",
                    "usage.tokens.convention",
                    convention.name(),
                    "INCLUSIVE or EXCLUSIVE, since cached or reasoning tokens are given");
            return false;
        }
        if (plainInput < 0) {
            findings.add(
                    "CACHED_ABOVE_INPUT",
                    "usage.tokens.input_tokens",
                    Long.toString(tokens.getInputTokens()),
                    "at least its cached and audio parts");
        }
        if (plainOutput < 0) {
            findings.add(
                    "REASONING_ABOVE_OUTPUT",
                    "usage.tokens.output_tokens",
                    Long.toString(tokens.getOutputTokens()),
                    "at least its reasoning and audio parts");
        }
        return plainInput >= 0 && plainOutput >= 0;
    }

    private static boolean isTokens(long count, String field, Findings findings) {
        return isIn(count, MAX_TOKENS, "usage.tokens." + field, findings);
    }

    private static boolean isIn(long count, long max, String path, Findings findings) {
        if (count < 0 || count > max) {
            findings.add(
                    count < 0 ? "NEGATIVE_COUNT" : "COUNT_TOO_LARGE",
                    path,
                    Long.toString(count),
                    "0 to " + max);
            return false;
        }
        return true;
    }
}
