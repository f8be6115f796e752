package dev.meterbook.allinone.demo;

import dev.meterbook.proto.metering.v1.CountingConvention;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.TokenCounts;
import dev.meterbook.proto.type.v1.Leaf;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the demo itself knows of a call that it has sent: enough to reckon its price without asking.
 *
 * @param position the place in the usage log that was answered
 * @param tenant the tenant
 * @param provider the provider
 * @param model the model
 * @param time when it occurred
 * @param quantities what it consumed, in disjoint kinds, none zero
 */
record PlayedCall(
        long position,
        String tenant,
        String provider,
        String model,
        Instant time,
        Map<Leaf, Long> quantities) {

    /** Copies the map. */
    PlayedCall {
        quantities = Map.copyOf(quantities);
    }

    static PlayedCall of(MeteredCall call, long position) {
        return new PlayedCall(
                position,
                call.getTenant(),
                call.getProvider(),
                call.getRequestedModel(),
                Times.of(call.getOccurTime()),
                quantities(call.getUsage().getTokens()));
    }

    /** Reckoned here on purpose, and not with the code that is being checked. */
    private static Map<Leaf, Long> quantities(TokenCounts counts) {
        long writes = counts.getCacheWrite5MTokens();
        boolean inclusive =
                counts.getConvention() == CountingConvention.COUNTING_CONVENTION_INCLUSIVE;
        long input =
                counts.getInputTokens() - (inclusive ? counts.getCacheReadTokens() + writes : 0);
        Map<Leaf, Long> quantities = new EnumMap<>(Leaf.class);
        quantities.put(Leaf.LEAF_INPUT, input);
        quantities.put(Leaf.LEAF_INPUT_CACHE_READ, counts.getCacheReadTokens());
        quantities.put(Leaf.LEAF_INPUT_CACHE_WRITE_5M, writes);
        quantities.put(Leaf.LEAF_OUTPUT, counts.getOutputTokens() - counts.getReasoningTokens());
        quantities.put(Leaf.LEAF_OUTPUT_REASONING, counts.getReasoningTokens());
        quantities.values().removeIf(quantity -> quantity == 0);
        return quantities;
    }

    long inputTokens() {
        return of(Leaf.LEAF_INPUT)
                + of(Leaf.LEAF_INPUT_CACHE_READ)
                + of(Leaf.LEAF_INPUT_CACHE_WRITE_5M);
    }

    long outputTokens() {
        return of(Leaf.LEAF_OUTPUT) + of(Leaf.LEAF_OUTPUT_REASONING);
    }

    private long of(Leaf leaf) {
        return quantities.getOrDefault(leaf, 0L);
    }
}
