package dev.meterbook.metering.grpc;

import static dev.meterbook.metering.grpc.SampleCalls.call;
import static dev.meterbook.metering.grpc.SampleCalls.exclusive;
import static dev.meterbook.metering.grpc.SampleCalls.leaf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.metering.domain.Admission.Accepted;
import dev.meterbook.metering.domain.Intake;
import dev.meterbook.metering.domain.Tenants.Standing;
import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.proto.metering.v1.CallRecord;
import dev.meterbook.proto.metering.v1.CallStatus;
import dev.meterbook.proto.metering.v1.CountSource;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.ServiceTier;
import dev.meterbook.proto.metering.v1.Usage;
import dev.meterbook.proto.metering.v1.UsageRecorded;
import dev.meterbook.proto.type.v1.Leaf;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is stored: equal for equal calls, and complete. */
class StoredCallProtosTest {

    private static final Instant RECORDED = Instant.parse("2026-01-15T10:00:01.5Z");

    private static final Instant NOW = Instant.parse("2026-01-15T10:00:00Z");
    private static final Intake INTAKE = new Intake(_ -> Standing.ACTIVE);

    @Test
    void stores_the_same_bytes_for_ever() {
        assertThat(HexFormat.of().formatHex(stored(call("c-1"))))
                .isEqualTo(
                        "0a2d"
                                + "0a03632d31"
                                + "220b737570706f72742d626f74"
                                + "2a066f70656e6169"
                                + "3a116770742d346f2d323032342d30382d3036"
                                + "10c08bbdcca48d9203"
                                + "2a03010a28"
                                + "3205c801e80750");
    }

    @Test
    void stores_labels_in_one_order_whatever_order_they_came_in() {
        MeteredCall.Builder one = call("c-1");
        MeteredCall.Builder other = call("c-1");
        for (int i = 0; i < 20; i++) {
            one.putLabels("key-" + i, "v");
            other.putLabels("key-" + (19 - i), "v");
        }
        assertThat(stored(one)).isEqualTo(stored(other));
    }

    @Test
    void stores_defaults_as_if_they_had_been_told() {
        MeteredCall.Builder told =
                call("c-1")
                        .setServiceTier(ServiceTier.SERVICE_TIER_STANDARD)
                        .setStatus(CallStatus.CALL_STATUS_OK);
        told.getUsageBuilder().setSource(CountSource.COUNT_SOURCE_PROVIDER);
        assertThat(stored(told)).isEqualTo(stored(call("c-1")));
    }

    @Test
    void stores_the_same_for_both_conventions_and_for_leaves() {
        byte[] expected = stored(call("c-1"));
        assertThat(
                        stored(
                                call("c-1")
                                        .setUsage(
                                                Usage.newBuilder()
                                                        .setTokens(
                                                                exclusive()
                                                                        .setInputTokens(200)
                                                                        .setCacheReadTokens(1_000)
                                                                        .setOutputTokens(80)))))
                .isEqualTo(expected);
        assertThat(
                        stored(
                                call("c-1")
                                        .setUsage(
                                                Usage.newBuilder()
                                                        .addQuantities(leaf(Leaf.LEAF_OUTPUT, 80))
                                                        .addQuantities(
                                                                leaf(
                                                                        Leaf.LEAF_INPUT_CACHE_READ,
                                                                        1_000))
                                                        .addQuantities(
                                                                leaf(Leaf.LEAF_INPUT, 200)))))
                .isEqualTo(expected);
    }

    @Test
    void stores_the_same_whether_the_tenant_is_told_or_the_credentials() {
        assertThat(stored(call("c-1").clearTenant())).isEqualTo(stored(call("c-1")));
    }

    @Test
    void stores_another_content_as_other_bytes() {
        assertThat(stored(call("c-1").setUser("u-7"))).isNotEqualTo(stored(call("c-1")));
    }

    @Test
    void keeps_every_attribute() throws Exception {
        MeteredCall full = fullCall();
        MeteredCall kept = UsageRecorded.parseFrom(stored(full.toBuilder())).getCall();
        assertThat(kept)
                .isEqualTo(full.toBuilder().clearTenant().clearOccurTime().clearUsage().build());
        assertThat(full.getAllFields())
                .as("the sample has every field, so that none can be forgotten")
                .hasSize(MeteredCall.getDescriptor().getFields().size());
    }

    @Test
    void stores_an_id_once_that_is_the_events_key() throws Exception {
        String id = "0190f3a8-7c1e-7b6a-9d2f-3c4b5a697887";
        byte[] stored = stored(call(id));

        assertThat(UsageRecorded.parseFrom(stored).getCall().getId()).isEmpty();
        assertThat(
                        StoredCallProtos.toRecord(recorded(UUID.fromString(id), stored))
                                .getCall()
                                .getId())
                .isEqualTo(id);
    }

    @Test
    void keeps_an_id_that_is_not_the_text_of_its_key() throws Exception {
        String id = "0190F3A8-7C1E-7B6A-9D2F-3C4B5A697887";

        assertThat(UsageRecorded.parseFrom(stored(call(id))).getCall().getId()).isEqualTo(id);
    }

    private static StoredEvent recorded(UUID key, byte[] payload) {
        return new StoredEvent(
                0,
                17,
                "acme",
                key,
                EventType.of("metering.UsageRecorded"),
                null,
                -1,
                RECORDED,
                payload,
                null);
    }

    @Test
    void shows_a_stored_call_as_it_was_sent() {
        MeteredCall full = fullCall();
        CallRecord record =
                StoredCallProtos.toRecord(recorded(new UUID(1, 2), stored(full.toBuilder())));
        assertThat(record)
                .isEqualTo(
                        CallRecord.newBuilder()
                                .setName("tenants/acme/calls/c/1")
                                .setCall(full.toBuilder().clearUsage())
                                .addQuantities(leaf(Leaf.LEAF_INPUT, 200))
                                .addQuantities(leaf(Leaf.LEAF_INPUT_CACHE_READ, 1_000))
                                .addQuantities(leaf(Leaf.LEAF_OUTPUT, 80))
                                .setPosition(17)
                                .setRecordTime(SampleCalls.timestamp(RECORDED))
                                .setSource(CountSource.COUNT_SOURCE_PROVIDER)
                                .build());
    }

    private static byte[] stored(MeteredCall.Builder call) {
        MeteredCall built = call.build();
        Accepted accepted = (Accepted) INTAKE.admit(CallProtos.fromProto(built, null), "acme", NOW);
        return StoredCallProtos.toStored(built, accepted, null);
    }

    private static MeteredCall fullCall() {
        return call("c/1")
                .setRequestedModel("gpt-4o")
                .setCustomer("customer-1")
                .setUser("user-1")
                .setCostCenter("cc-1")
                .setEnvironment("prod")
                .setUseCase("answering")
                .setFeature("chat-box")
                .setBusinessProcess("support")
                .setRequestType("chat")
                .setRegion("eu-west-1")
                .setServiceTier(ServiceTier.SERVICE_TIER_BATCH)
                .setDeployment("ptu-1")
                .setConversation("conversation-1")
                .setWorkflow("workflow-1")
                .setRun("run-1")
                .setAgent("agent-1")
                .setStep("step-1")
                .setTool("search")
                .setAttempt(2)
                .setRetryOf("c/0")
                .setTraceId("4bf92f3577b34da6a3ce929d0e0e4736")
                .setSpanId("00f067aa0ba902b7")
                .setStatus(CallStatus.CALL_STATUS_PARTIAL)
                .setLatencyMillis(1_234)
                .setRetrievedContextTokens(900)
                .setHoldId("hold-1")
                .putLabels("team", "blue")
                .build();
    }
}
