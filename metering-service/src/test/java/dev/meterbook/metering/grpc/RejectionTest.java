package dev.meterbook.metering.grpc;

import static dev.meterbook.metering.grpc.Door.NOW;
import static dev.meterbook.metering.grpc.Door.admit;
import static dev.meterbook.metering.grpc.Door.assertRejected;
import static dev.meterbook.metering.grpc.Door.assertTaken;
import static dev.meterbook.metering.grpc.Door.text;
import static dev.meterbook.metering.grpc.Door.tokens;
import static dev.meterbook.metering.grpc.Door.usage;
import static dev.meterbook.metering.grpc.Door.with;
import static dev.meterbook.metering.grpc.SampleCalls.inclusive;
import static dev.meterbook.metering.grpc.SampleCalls.leaf;
import static dev.meterbook.metering.grpc.SampleCalls.timestamp;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import dev.meterbook.metering.domain.Admission.Accepted;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.type.v1.Leaf;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each stable reason, with the text that people get to read; and the limits just met. */
class RejectionTest {

    @Test
    void takes_a_call_with_required_fields_only() {
        assertThat(admit(call -> call)).isInstanceOf(Accepted.class);
    }

    @Test
    void refuses_a_call_without_id() {
        assertRejected(MeteredCall.Builder::clearId)
                .isEqualTo("ID_MISSING id: missing (expected: 1 to 200 characters)");
    }

    @Test
    void takes_an_id_of_200_characters_and_refuses_one_of_201() {
        assertTaken(call -> call.setId("x".repeat(200)));
        assertRejected(call -> call.setId("x".repeat(201)))
                .isEqualTo("ID_TOO_LONG id: 201 characters (expected: at most 200)");
    }

    @Test
    void refuses_a_retried_id_of_201_characters() {
        assertTaken(call -> call.setRetryOf("x".repeat(200)));
        assertRejected(call -> call.setRetryOf("x".repeat(201)))
                .isEqualTo("ID_TOO_LONG retry_of: 201 characters (expected: at most 200)");
    }

    @Test
    void takes_the_tenant_of_the_credential_if_the_call_names_none() {
        assertThat(admit("globex", MeteredCall.Builder::clearTenant))
                .isInstanceOfSatisfying(
                        Accepted.class, call -> assertThat(call.tenant()).isEqualTo("globex"));
    }

    @Test
    void lets_the_operator_record_for_any_tenant() {
        assertThat(admit("", call -> call.setTenant("globex")))
                .isInstanceOfSatisfying(
                        Accepted.class, call -> assertThat(call.tenant()).isEqualTo("globex"));
    }

    @Test
    void refuses_a_call_of_the_operator_without_tenant() {
        assertThat(text(admit("", MeteredCall.Builder::clearTenant)))
                .isEqualTo(
                        "TENANT_MISSING tenant: missing (expected: a tenant, since the credential"
                                + " is not bound to one)");
    }

    @Test
    void refuses_a_call_for_another_tenant_than_the_credentials() {
        assertThat(text(admit("globex", call -> call)))
                .isEqualTo(
                        "TENANT_MISMATCH tenant: acme (expected: empty or globex, the credential's"
                                + " tenant)");
    }

    @Test
    void refuses_a_tenant_that_is_no_name() {
        assertThat(text(admit("", call -> call.setTenant("Acme!"))))
                .isEqualTo(
                        "INVALID_TENANT tenant: Acme! (expected: 1 to 63 characters of a-z, 0-9 and"
                                + " -, not - first)");
    }

    @Test
    void refuses_a_tenant_that_nobody_registered() {
        assertThat(text(admit("", call -> call.setTenant("nobody"))))
                .isEqualTo("UNKNOWN_TENANT tenant: nobody (expected: id of a registered tenant)");
    }

    @Test
    void refuses_a_suspended_tenant() {
        assertThat(text(admit("", call -> call.setTenant("gone"))))
                .isEqualTo(
                        "TENANT_SUSPENDED tenant: gone (expected: a tenant that is not suspended)");
    }

    @Test
    void refuses_a_call_without_time() {
        assertRejected(MeteredCall.Builder::clearOccurTime)
                .isEqualTo(
                        "OCCUR_TIME_MISSING occur_time: missing (expected: when the call happened)");
    }

    @Test
    void refuses_a_time_that_is_none() {
        assertRejected(at(1_700_000_000, 1_000_000_000))
                .isEqualTo(
                        "INVALID_OCCUR_TIME occur_time.nanos: 1000000000 (expected: 0 to"
                                + " 999999999)");
        assertRejected(at(1_700_000_000, -1)).startsWith("INVALID_OCCUR_TIME ");
    }

    @Test
    void takes_a_call_of_the_first_moment_of_2015_and_refuses_one_before() {
        assertTaken(call -> call.setOccurTime(timestamp(Instant.parse("2015-01-01T00:00:00Z"))));
        assertRejected(
                        call ->
                                call.setOccurTime(
                                        timestamp(Instant.parse("2014-12-31T23:59:59.999Z"))))
                .isEqualTo(
                        "OCCUR_TIME_TOO_OLD occur_time: 2014-12-31T23:59:59.999Z (expected: not"
                                + " before 2015-01-01T00:00:00Z)");
        assertRejected(at(Long.MIN_VALUE, 1)).startsWith("OCCUR_TIME_TOO_OLD ");
    }

    @Test
    void takes_a_call_one_hour_ahead_and_refuses_one_a_nanosecond_more() {
        assertTaken(call -> call.setOccurTime(timestamp(NOW.plusSeconds(3_600))));
        assertRejected(call -> call.setOccurTime(timestamp(NOW.plusSeconds(3_600).plusNanos(1))))
                .isEqualTo(
                        "OCCUR_TIME_IN_FUTURE occur_time: 2026-01-15T11:00:00.000000001Z (expected:"
                                + " at most 1 hour ahead of 2026-01-15T10:00:00Z)");
        assertRejected(at(Long.MAX_VALUE, 0))
                .startsWith("OCCUR_TIME_IN_FUTURE occur_time: 9223372036854775807 s (expected:");
    }

    @Test
    void refuses_a_call_without_application_provider_or_model() {
        assertRejected(MeteredCall.Builder::clearApplication)
                .startsWith("APPLICATION_MISSING application: missing (expected: 1 to 64 ");
        assertRejected(MeteredCall.Builder::clearProvider)
                .startsWith("PROVIDER_MISSING provider: missing (expected: 1 to 64 ");
        assertRejected(MeteredCall.Builder::clearServedModel)
                .isEqualTo(
                        "MODEL_MISSING served_model: missing (expected: served_model or"
                                + " requested_model)");
    }

    @Test
    void takes_the_requested_model_alone() {
        assertTaken(call -> call.clearServedModel().setRequestedModel("gpt-4o"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application",
                "customer",
                "user",
                "environment",
                "use_case",
                "feature",
                "business_process",
                "request_type",
                "provider",
                "region",
                "deployment",
                "conversation",
                "workflow",
                "run",
                "agent",
                "step",
                "tool",
                "hold_id"
            })
    void takes_ids_of_64_characters_and_refuses_longer_and_other_ones(String field) {
        assertTaken(call -> with(call, field, "a".repeat(64)));
        assertRejected(call -> with(call, field, "a".repeat(65))).startsWith("INVALID_ID " + field);
        assertRejected(call -> with(call, field, "two words"))
                .isEqualTo(
                        "INVALID_ID "
                                + field
                                + ": two words (expected: 1 to 64 characters: a letter or digit,"
                                + " then letters, digits and ._:@/-)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"requested_model", "served_model"})
    void takes_model_names_of_128_characters_and_refuses_longer_ones(String field) {
        assertTaken(call -> with(call, field, "m".repeat(128)));
        assertRejected(call -> with(call, field, "m".repeat(129)))
                .startsWith("INVALID_ID " + field)
                .endsWith(
                        "(expected: up to 128 characters: a letter or digit, then letters, digits"
                                + " and ._:@/-)");
    }

    @Test
    void refuses_a_cost_center_that_is_no_name() {
        assertTaken(call -> call.setCostCenter("cc-4711"));
        assertRejected(call -> call.setCostCenter("CC 4711"))
                .startsWith("INVALID_COST_CENTER cost_center: CC 4711 (expected: 1 to 63 ");
    }

    @Test
    void takes_attempt_1000_and_refuses_1001_and_minus_1() {
        assertTaken(call -> call.setAttempt(1_000));
        assertRejected(call -> call.setAttempt(1_001))
                .isEqualTo("INVALID_ATTEMPT attempt: 1001 (expected: 0 to 1000)");
        assertRejected(call -> call.setAttempt(-1)).startsWith("INVALID_ATTEMPT attempt: -1 ");
    }

    @Test
    void refuses_trace_and_span_ids_of_another_form() {
        assertTaken(
                call ->
                        call.setTraceId("4bf92f3577b34da6a3ce929d0e0e4736")
                                .setSpanId("00f067aa0ba902b7"));
        assertRejected(call -> call.setTraceId("4BF92F3577B34DA6A3CE929D0E0E4736"))
                .isEqualTo(
                        "INVALID_TRACE_ID trace_id: 4BF92F3577B34DA6A3CE929D0E0E4736 (expected: 32"
                                + " lower-case hexadecimal digits)");
        assertRejected(call -> call.setSpanId("00f067aa"))
                .isEqualTo(
                        "INVALID_SPAN_ID span_id: 00f067aa (expected: 16 lower-case hexadecimal"
                                + " digits)");
    }

    @Test
    void takes_a_latency_of_seven_days_and_refuses_a_millisecond_more() {
        assertTaken(call -> call.setLatencyMillis(604_800_000));
        assertRejected(call -> call.setLatencyMillis(604_800_001))
                .isEqualTo("INVALID_LATENCY latency_millis: 604800001 (expected: 0 to 604800000)");
        assertRejected(call -> call.setLatencyMillis(-1)).startsWith("INVALID_LATENCY ");
    }

    @Test
    void refuses_enum_values_of_another_version() {
        assertRejected(call -> call.setServiceTierValue(99))
                .startsWith("UNKNOWN_SERVICE_TIER service_tier: unknown value");
        assertRejected(call -> call.setStatusValue(99))
                .startsWith("UNKNOWN_STATUS status: unknown value");
        assertRejected(usage(usage -> usage.setSourceValue(99)))
                .startsWith("UNKNOWN_SOURCE usage.source: unknown value");
        assertRejected(tokens(inclusive().setConventionValue(99)))
                .startsWith("UNKNOWN_CONVENTION usage.tokens.convention: unknown value");
    }

    @Test
    void refuses_fields_of_another_version_rather_than_drop_them() {
        UnknownFieldSet field =
                UnknownFieldSet.newBuilder()
                        .addField(
                                99, UnknownFieldSet.Field.newBuilder().addVarint(1_000_000).build())
                        .build();
        String expected =
                "UNKNOWN_FIELD call: field number 99 (expected: fields of this version only, since"
                        + " a dropped count would be a wrong bill)";
        assertRejected(call -> call.setUnknownFields(field)).isEqualTo(expected);
        assertRejected(usage(usage -> usage.setUnknownFields(field))).isEqualTo(expected);
        assertRejected(tokens(inclusive().setUnknownFields(field))).isEqualTo(expected);
        assertRejected(
                        usage(
                                usage ->
                                        usage.addQuantities(
                                                leaf(Leaf.LEAF_IMAGE, 1).toBuilder()
                                                        .setUnknownFields(field))))
                .isEqualTo(expected);
    }

    @Test
    void takes_32_labels_and_refuses_33() {
        assertTaken(call -> withLabels(call, 32));
        assertRejected(call -> withLabels(call, 33))
                .isEqualTo("TOO_MANY_LABELS labels: 33 labels (expected: at most 32)");
    }

    @Test
    void takes_label_keys_of_63_characters_and_refuses_longer_empty_and_other_ones() {
        assertTaken(call -> call.putLabels("k".repeat(63), "v"));
        assertRejected(call -> call.putLabels("k".repeat(64), "v"))
                .startsWith("INVALID_LABEL_KEY labels: kkk");
        assertRejected(call -> call.putLabels("", "v")).startsWith("INVALID_LABEL_KEY labels: ");
        assertRejected(call -> call.putLabels("Team", "v"))
                .isEqualTo(
                        "INVALID_LABEL_KEY labels: Team (expected: keys of 1 to 63 characters a-z,"
                                + " 0-9 and ._-/)");
    }

    @Test
    void takes_label_values_of_255_characters_and_refuses_longer_ones() {
        assertTaken(call -> call.putLabels("team", "ü".repeat(255)));
        assertRejected(call -> call.putLabels("team", "ü".repeat(256)))
                .isEqualTo(
                        "LABEL_VALUE_TOO_LONG labels: team of 256 characters (expected: at most"
                                + " 255)");
    }

    @Test
    void shortens_what_it_repeats() {
        assertRejected(call -> call.setUser("u".repeat(10_000)))
                .startsWith("INVALID_ID user: " + "u".repeat(80) + "… (expected: ");
    }

    private static UnaryOperator<MeteredCall.Builder> at(long seconds, int nanos) {
        return call ->
                call.setOccurTime(Timestamp.newBuilder().setSeconds(seconds).setNanos(nanos));
    }

    private static MeteredCall.Builder withLabels(MeteredCall.Builder call, int count) {
        for (int i = 0; i < count; i++) {
            call.putLabels("key-" + i, "value");
        }
        return call;
    }
}
