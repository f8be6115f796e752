package dev.meterbook.bench.torture;

import dev.meterbook.bench.Market;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.TokenCounts;
import dev.meterbook.proto.metering.v1.UsageRecorded;
import dev.meterbook.proto.type.v1.Leaf;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the system must make of a call, reckoned here from the call and the market's prices and
 * plans, and by nothing of the product.
 *
 * @param call as it was sent
 * @param occurTimeMicros when it occurred, in microseconds since 1970
 * @param leaves what was consumed; none is zero
 * @param cost what the provider will ask for
 * @param charge what the tenant owes
 */
record ExpectedCall(
        MeteredCall call,
        long occurTimeMicros,
        Map<Leaf, Long> leaves,
        BigDecimal cost,
        BigDecimal charge) {

    static ExpectedCall of(MeteredCall call) {
        Instant time =
                Instant.ofEpochSecond(
                        call.getOccurTime().getSeconds(), call.getOccurTime().getNanos());
        Map<Leaf, Long> leaves = leaves(call.getUsage().getTokens());
        BigDecimal cost = cost(call, time, leaves);
        return new ExpectedCall(
                call,
                time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000,
                leaves,
                cost,
                cost.multiply(factor(call)));
    }

    /** The app tells totals that include cached and reasoning tokens. */
    private static Map<Leaf, Long> leaves(TokenCounts tokens) {
        Map<Leaf, Long> leaves = new TreeMap<>();
        leaves.put(Leaf.LEAF_INPUT, tokens.getInputTokens() - tokens.getCacheReadTokens());
        leaves.put(Leaf.LEAF_INPUT_CACHE_READ, tokens.getCacheReadTokens());
        leaves.put(Leaf.LEAF_OUTPUT, tokens.getOutputTokens() - tokens.getReasoningTokens());
        leaves.put(Leaf.LEAF_OUTPUT_REASONING, tokens.getReasoningTokens());
        leaves.values().removeIf(quantity -> quantity == 0);
        return leaves;
    }

    private static BigDecimal cost(MeteredCall call, Instant time, Map<Leaf, Long> leaves) {
        Map<Leaf, BigDecimal> prices =
                Market.pricesOfAMillion(number(call.getServedModel()), version(time));
        BigDecimal cost = BigDecimal.ZERO;
        for (Map.Entry<Leaf, Long> leaf : leaves.entrySet()) {
            BigDecimal price = prices.getOrDefault(leaf.getKey(), BigDecimal.ZERO);
            cost = cost.add(price.multiply(BigDecimal.valueOf(leaf.getValue())));
        }
        return cost.movePointLeft(6);
    }

    private static int version(Instant time) {
        int version = 0;
        while (version + 1 < Market.VERSIONS.size()
                && !time.isBefore(Market.VERSIONS.get(version + 1))) {
            version++;
        }
        return version;
    }

    private static BigDecimal factor(MeteredCall call) {
        BigDecimal percent = new BigDecimal(Market.markupPercent(number(call.getTenant())));
        return percent.add(BigDecimal.valueOf(100)).movePointLeft(2);
    }

    /** The number in a name such as {@code model-7-2025-10}. */
    private static int number(String name) {
        return Integer.parseInt(name.split("-", 3)[1]);
    }

    /** The event that must be in the usage log. */
    UsageRecorded event() {
        UsageRecorded.Builder event =
                UsageRecorded.newBuilder()
                        .setCall(call.toBuilder().clearTenant().clearOccurTime().clearUsage())
                        .setOccurTimeMicros(occurTimeMicros);
        leaves.forEach((leaf, quantity) -> event.addLeaves(leaf).addQuantities(quantity));
        return event.build();
    }

    /** Tokens as the app told them. */
    TokenCounts tokens() {
        return call.getUsage().getTokens();
    }
}
