package dev.meterbook.bench.torture;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.meterbook.proto.metering.v1.CountingConvention;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.TokenCounts;
import dev.meterbook.proto.metering.v1.Usage;
import dev.meterbook.proto.type.v1.Leaf;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpectedCallTest {

    private static ExpectedCall callAt(String time) {
        return ExpectedCall.of(
                MeteredCall.newBuilder()
                        .setTenant("tenant-3")
                        .setServedModel("model-2-2025-10")
                        .setOccurTime(
                                Timestamp.newBuilder()
                                        .setSeconds(Instant.parse(time).getEpochSecond()))
                        .setUsage(
                                Usage.newBuilder()
                                        .setTokens(
                                                TokenCounts.newBuilder()
                                                        .setConvention(
                                                                CountingConvention
                                                                        .COUNTING_CONVENTION_INCLUSIVE)
                                                        .setInputTokens(1_200)
                                                        .setCacheReadTokens(1_000)
                                                        .setOutputTokens(300)
                                                        .setReasoningTokens(300)))
                        .build());
    }

    @Test
    void counts_nothing_twice() {
        assertThat(callAt("2026-01-01T00:00:00Z").leaves())
                .isEqualTo(
                        Map.of(
                                Leaf.LEAF_INPUT, 200L,
                                Leaf.LEAF_INPUT_CACHE_READ, 1_000L,
                                Leaf.LEAF_OUTPUT_REASONING, 300L));
    }

    /** Input 0.36, cached 0.036, reasoning 2.88 for a million; 3.5 % on top. */
    @Test
    void reckons_cost_and_charge_to_the_last_digit() {
        ExpectedCall expected = callAt("2026-01-01T00:00:00Z");

        assertThat(expected.cost()).isEqualByComparingTo("0.000972");
        assertThat(expected.charge()).isEqualByComparingTo("0.00100602");
    }

    /** Input 0.44 before 2025, 0.40 in its first half. */
    @Test
    void takes_the_prices_of_the_time() {
        assertThat(callAt("2024-12-31T23:59:59Z").cost()).isEqualByComparingTo("0.001188");
        assertThat(callAt("2025-01-01T00:00:00Z").cost()).isEqualByComparingTo("0.00108");
        assertThat(callAt("2025-07-01T00:00:00Z").cost()).isEqualByComparingTo("0.000972");
    }
}
