package dev.meterbook.pricing.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.meterbook.kernel.CallKey;
import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;
import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.pricing.domain.CallFacts;
import dev.meterbook.pricing.domain.ServiceTier;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.UsageRecorded;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class UsageReaderTest {

    private static final long MICROS = 1_791_194_400_000_000L;

    private final UsageReader reader = new UsageReader();

    /** A call in which no two texts are the same. */
    static MeteredCall.Builder call() {
        return MeteredCall.newBuilder()
                .setId("the-id")
                .setApplication("the-application")
                .setProvider("the-provider")
                .setRequestedModel("the-requested")
                .setServedModel("the-served")
                .setCustomer("the-customer")
                .setUser("the-user")
                .setCostCenter("the-center")
                .setEnvironment("the-environment")
                .setUseCase("the-use-case")
                .setFeature("the-feature")
                .setBusinessProcess("the-process")
                .setRequestType("the-type")
                .setRegion("the-region")
                .setServiceTier(dev.meterbook.proto.metering.v1.ServiceTier.SERVICE_TIER_BATCH)
                .setDeployment("the-deployment")
                .setConversation("the-conversation")
                .setWorkflow("the-workflow")
                .setRun("the-run")
                .setAgent("the-agent")
                .setStep("the-step")
                .setTool("the-tool")
                .setAttempt(2)
                .setRetryOf("the-first")
                .setTraceId("the-trace")
                .setSpanId("the-span")
                .setLatencyMillis(1_234)
                .setHoldId("the-hold")
                .putLabels("the-key", "the-value");
    }

    static UsageRecorded.Builder recorded(MeteredCall.Builder call) {
        return UsageRecorded.newBuilder().setCall(call).setOccurTimeMicros(MICROS);
    }

    static UsageRecorded.Builder tokens(UsageRecorded.Builder recorded) {
        return recorded.addLeavesValue(Leaf.INPUT.code())
                .addQuantities(1_000)
                .addLeavesValue(Leaf.OUTPUT.code())
                .addQuantities(100);
    }

    static StoredEvent event(byte[] payload) {
        return new StoredEvent(
                0,
                7,
                "acme",
                CallKey.of("key"),
                EventType.of(MeteredUsage.EVENT),
                null,
                -1,
                Instant.EPOCH,
                payload,
                null);
    }

    private MeteredUsage read(UsageRecorded.Builder recorded) {
        return reader.read(event(recorded.build().toByteArray()));
    }

    @Test
    void reads_what_the_price_of_a_call_depends_on() {
        MeteredUsage usage = read(tokens(recorded(call())));

        assertThat(usage.facts())
                .isEqualTo(
                        new CallFacts(
                                "acme",
                                "the-provider",
                                "the-served",
                                Quantities.builder()
                                        .add(Leaf.INPUT, 1_000)
                                        .add(Leaf.OUTPUT, 100)
                                        .build(),
                                ServiceTier.BATCH,
                                MICROS,
                                "the-region"));
        assertThat(usage.isForeign()).isFalse();
        assertThat(usage.callId()).isEqualTo("the-id");
    }

    @Test
    void a_call_that_tells_little_is_standard_and_has_empty_texts() {
        MeteredUsage usage = read(recorded(MeteredCall.newBuilder().setRequestedModel("asked")));

        assertThat(usage.facts())
                .isEqualTo(
                        new CallFacts(
                                "acme",
                                "",
                                "asked",
                                Quantities.NONE,
                                ServiceTier.STANDARD,
                                MICROS));
        assertThat(usage.callId()).isEqualTo(CallKey.of("key").toString());
        assertThat(usage.texts().of(MeteredCall.APPLICATION_FIELD_NUMBER)).isEmpty();
    }

    @Test
    void a_kind_or_a_tier_of_a_later_version_is_foreign() {
        assertThat(read(tokens(recorded(call())).addLeavesValue(120).addQuantities(5)).isForeign())
                .isTrue();
        assertThat(read(tokens(recorded(call().setServiceTierValue(99)))).isForeign()).isTrue();
    }

    @Test
    void more_kinds_than_usual_are_read_all_the_same() {
        UsageRecorded.Builder recorded = recorded(call());
        for (Leaf leaf : Leaf.values()) {
            recorded.addLeavesValue(leaf.code()).addQuantities(leaf.code() + 1_000L);
        }

        Quantities quantities = read(recorded).facts().quantities();

        assertThat(quantities.size()).isEqualTo(Leaf.values().length);
        assertThat(quantities.amountOf(Leaf.PAGE)).isEqualTo(1_075);
    }

    @Test
    void texts_of_many_calls_are_not_mixed_up() {
        for (int i = 0; i < 50_000; i++) {
            String user = "user-" + i * 31;
            assertThat(
                            read(recorded(MeteredCall.newBuilder().setUser(user)))
                                    .texts()
                                    .of(MeteredCall.USER_FIELD_NUMBER))
                    .isEqualTo(user);
        }
    }

    @Test
    void a_damaged_event_is_refused_with_its_position() {
        byte[] whole = tokens(recorded(call())).build().toByteArray();

        assertThatIllegalStateException()
                .isThrownBy(() -> reader.read(event(Arrays.copyOf(whole, 60))))
                .withMessage("usage log, position 7");
    }
}
