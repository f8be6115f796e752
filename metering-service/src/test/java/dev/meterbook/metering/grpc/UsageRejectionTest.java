package dev.meterbook.metering.grpc;

import static dev.meterbook.metering.grpc.Door.assertRejected;
import static dev.meterbook.metering.grpc.Door.assertTaken;
import static dev.meterbook.metering.grpc.Door.quantities;
import static dev.meterbook.metering.grpc.Door.tokens;
import static dev.meterbook.metering.grpc.Door.usage;
import static dev.meterbook.metering.grpc.Door.with;
import static dev.meterbook.metering.grpc.SampleCalls.exclusive;
import static dev.meterbook.metering.grpc.SampleCalls.inclusive;
import static dev.meterbook.metering.grpc.SampleCalls.leaf;

import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.TokenCounts;
import dev.meterbook.proto.metering.v1.Usage;
import dev.meterbook.proto.type.v1.Leaf;
import dev.meterbook.proto.type.v1.LeafQuantity;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each stable reason about what was consumed, and the limits just met. */
class UsageRejectionTest {

    @Test
    void refuses_a_call_without_usage_but_takes_one_that_counted_zero() {
        assertRejected(MeteredCall.Builder::clearUsage)
                .isEqualTo(
                        "USAGE_MISSING usage: missing (expected: provider_usage, tokens or quantities)");
        assertRejected(call -> call.setUsage(Usage.getDefaultInstance()))
                .startsWith("USAGE_MISSING usage: missing");
        assertTaken(tokens(TokenCounts.newBuilder()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "input_tokens",
                "output_tokens",
                "cache_read_tokens",
                "cache_write_tokens",
                "cache_write_5m_tokens",
                "cache_write_1h_tokens",
                "reasoning_tokens",
                "input_audio_tokens",
                "output_audio_tokens"
            })
    void refuses_negative_and_absurd_counts(String field) {
        assertRejected(tokens(with(inclusive(), field, -1L)))
                .isEqualTo(
                        "NEGATIVE_COUNT usage.tokens."
                                + field
                                + ": -1 (expected: 0 to 1000000000)");
        assertRejected(tokens(with(inclusive(), field, 1_000_000_001L)))
                .isEqualTo(
                        "COUNT_TOO_LARGE usage.tokens."
                                + field
                                + ": 1000000001 (expected: 0 to 1000000000)");
        assertRejected(tokens(with(inclusive(), field, Long.MAX_VALUE)))
                .startsWith("COUNT_TOO_LARGE usage.tokens." + field);
        assertRejected(tokens(with(inclusive(), field, Long.MIN_VALUE)))
                .startsWith("NEGATIVE_COUNT usage.tokens." + field);
    }

    @Test
    void takes_a_thousand_million_tokens() {
        assertTaken(
                tokens(
                        exclusive()
                                .setInputTokens(1_000_000_000)
                                .setCacheReadTokens(1_000_000_000)));
        assertTaken(call -> call.setRetrievedContextTokens(1_000_000_000));
        assertRejected(call -> call.setRetrievedContextTokens(1_000_000_001))
                .startsWith("COUNT_TOO_LARGE retrieved_context_tokens: 1000000001 ");
        assertRejected(call -> call.setRetrievedContextTokens(-1))
                .startsWith("NEGATIVE_COUNT retrieved_context_tokens: -1 ");
    }

    @Test
    void asks_for_the_convention_where_it_matters() {
        assertTaken(tokens(TokenCounts.newBuilder().setInputTokens(10).setOutputTokens(3)));
        assertRejected(tokens(TokenCounts.newBuilder().setInputTokens(10).setCacheReadTokens(1)))
                .isEqualTo(
                        "CONVENTION_REQUIRED usage.tokens.convention: unspecified (expected:"
                                + " INCLUSIVE or EXCLUSIVE, since cached or reasoning tokens are"
                                + " given)");
        assertRejected(tokens(TokenCounts.newBuilder().setOutputTokens(10).setReasoningTokens(1)))
                .startsWith("CONVENTION_REQUIRED ");
    }

    @Test
    void refuses_more_cached_tokens_than_an_inclusive_input() {
        assertTaken(tokens(inclusive().setInputTokens(10).setCacheReadTokens(10)));
        assertRejected(
                        tokens(
                                inclusive()
                                        .setInputTokens(9)
                                        .setCacheReadTokens(4)
                                        .setCacheWriteTokens(3)
                                        .setCacheWrite5MTokens(2)
                                        .setCacheWrite1HTokens(1)))
                .isEqualTo(
                        "CACHED_ABOVE_INPUT usage.tokens.input_tokens: 9 (expected: at least the 10"
                                + " tokens read from or written to the cache)");
        assertTaken(tokens(exclusive().setInputTokens(9).setCacheReadTokens(10)));
    }

    @Test
    void refuses_more_audio_than_uncached_input() {
        assertTaken(
                tokens(
                        inclusive()
                                .setInputTokens(10)
                                .setCacheReadTokens(4)
                                .setInputAudioTokens(6)));
        assertRejected(
                        tokens(
                                inclusive()
                                        .setInputTokens(10)
                                        .setCacheReadTokens(4)
                                        .setInputAudioTokens(7)))
                .isEqualTo(
                        "AUDIO_ABOVE_INPUT usage.tokens.input_audio_tokens: 7 (expected: at most"
                                + " the 6 uncached input tokens)");
        assertRejected(tokens(exclusive().setInputTokens(10).setInputAudioTokens(11)))
                .startsWith("AUDIO_ABOVE_INPUT ");
    }

    @Test
    void refuses_more_reasoning_or_audio_than_output() {
        assertTaken(
                tokens(
                        inclusive()
                                .setOutputTokens(10)
                                .setReasoningTokens(7)
                                .setOutputAudioTokens(3)));
        assertRejected(tokens(inclusive().setOutputTokens(10).setReasoningTokens(11)))
                .isEqualTo(
                        "REASONING_ABOVE_OUTPUT usage.tokens.reasoning_tokens: 11 (expected: at"
                                + " most the 10 output tokens)");
        assertRejected(
                        tokens(
                                exclusive()
                                        .setOutputTokens(10)
                                        .setReasoningTokens(7)
                                        .setOutputAudioTokens(4)))
                .isEqualTo(
                        "AUDIO_ABOVE_OUTPUT usage.tokens.output_audio_tokens: 4 (expected: at most"
                                + " the 3 output tokens without reasoning)");
    }

    @Test
    void takes_other_units_beside_tokens_and_refuses_token_leaves() {
        assertTaken(usage(usage -> usage.addQuantities(leaf(Leaf.LEAF_WEB_SEARCH, 2))));
        assertRejected(usage(usage -> usage.addQuantities(leaf(Leaf.LEAF_OUTPUT_CITATION, 2))))
                .isEqualTo(
                        "TOKENS_AND_QUANTITIES usage.quantities[0].leaf: output_citation (expected:"
                                + " no token leaf beside usage.tokens)");
    }

    @Test
    void refuses_a_leaf_that_is_given_twice() {
        assertRejected(
                        quantities(
                                leaf(Leaf.LEAF_INPUT, 2),
                                leaf(Leaf.LEAF_OUTPUT, 1),
                                leaf(Leaf.LEAF_INPUT, 3)))
                .isEqualTo(
                        "DUPLICATE_LEAF usage.quantities[2].leaf: input (expected: each leaf at"
                                + " most once)");
    }

    @Test
    void refuses_a_leaf_that_nobody_knows() {
        assertRejected(quantities(leaf(Leaf.LEAF_UNSPECIFIED, 2)))
                .isEqualTo("UNKNOWN_LEAF usage.quantities[0].leaf: 0 (expected: a known leaf)");
        assertRejected(
                        usage(
                                usage ->
                                        usage.addQuantitiesBuilder()
                                                .setLeafValue(999)
                                                .setQuantity(1)))
                .startsWith("UNKNOWN_LEAF usage.quantities[0].leaf: 999 ");
    }

    @Test
    void takes_quantities_up_to_their_limit() {
        assertTaken(quantities(leaf(Leaf.LEAF_INPUT, 1_000_000_000)));
        assertRejected(quantities(leaf(Leaf.LEAF_INPUT, 1_000_000_001)))
                .isEqualTo(
                        "COUNT_TOO_LARGE usage.quantities[0].quantity: 1000000001 (expected: 0 to"
                                + " 1000000000)");
        assertTaken(quantities(leaf(Leaf.LEAF_MILLISECOND, 1_000_000_000_000L)));
        assertRejected(quantities(leaf(Leaf.LEAF_MILLISECOND, 1_000_000_000_001L)))
                .startsWith("COUNT_TOO_LARGE usage.quantities[0].quantity: 1000000000001 ");
        assertRejected(quantities(leaf(Leaf.LEAF_IMAGE, -1)))
                .startsWith("NEGATIVE_COUNT usage.quantities[0].quantity: -1 ");
    }

    @Test
    void refuses_33_quantities() {
        var many = new LeafQuantity[33];
        Arrays.fill(many, leaf(Leaf.LEAF_IMAGE, 1));
        assertRejected(quantities(many))
                .isEqualTo(
                        "TOO_MANY_QUANTITIES usage.quantities: 33 quantities (expected: at most"
                                + " 32)");
    }
}
