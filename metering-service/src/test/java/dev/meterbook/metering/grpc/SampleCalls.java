package dev.meterbook.metering.grpc;

import com.google.protobuf.Timestamp;
import dev.meterbook.proto.metering.v1.CountingConvention;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.TokenCounts;
import dev.meterbook.proto.metering.v1.Usage;
import dev.meterbook.proto.type.v1.Leaf;
import dev.meterbook.proto.type.v1.LeafQuantity;
import java.time.Instant;

/** Calls for tests, right in every field unless the test spoils one. */
final class SampleCalls {

    /** When the sample calls occurred. */
    static final Instant OCCURRED = Instant.parse("2026-01-15T09:59:58.123456Z");

    private SampleCalls() {}

    /**
     * A call with required fields only: 1,200 input tokens, of which 1,000 cached, and 80 of
     * output.
     */
    static MeteredCall.Builder call(String id) {
        return MeteredCall.newBuilder()
                .setId(id)
                .setTenant("acme")
                .setOccurTime(timestamp(OCCURRED))
                .setApplication("support-bot")
                .setProvider("openai")
                .setServedModel("gpt-4o-2024-08-06")
                .setUsage(
                        Usage.newBuilder()
                                .setTokens(
                                        inclusive()
                                                .setInputTokens(1_200)
                                                .setCacheReadTokens(1_000)
                                                .setOutputTokens(80)));
    }

    static TokenCounts.Builder inclusive() {
        return TokenCounts.newBuilder()
                .setConvention(CountingConvention.COUNTING_CONVENTION_INCLUSIVE);
    }

    static TokenCounts.Builder exclusive() {
        return TokenCounts.newBuilder()
                .setConvention(CountingConvention.COUNTING_CONVENTION_EXCLUSIVE);
    }

    static LeafQuantity leaf(Leaf leaf, long quantity) {
        return LeafQuantity.newBuilder().setLeaf(leaf).setQuantity(quantity).build();
    }

    static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }
}
