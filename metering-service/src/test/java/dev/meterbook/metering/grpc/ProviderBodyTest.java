package dev.meterbook.metering.grpc;

import static dev.meterbook.metering.grpc.Door.assertRejected;
import static dev.meterbook.metering.grpc.SampleCalls.call;
import static dev.meterbook.metering.grpc.SampleCalls.leaf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.proto.metering.v1.CallRecord;
import dev.meterbook.proto.metering.v1.CallResult;
import dev.meterbook.proto.metering.v1.CallStatus;
import dev.meterbook.proto.metering.v1.GetCallRequest;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.MeteringServiceGrpc;
import dev.meterbook.proto.metering.v1.MeteringServiceGrpc.MeteringServiceBlockingStub;
import dev.meterbook.proto.metering.v1.Outcome;
import dev.meterbook.proto.metering.v1.ProviderUsage;
import dev.meterbook.proto.metering.v1.RecordUsageRequest;
import dev.meterbook.proto.metering.v1.TokenCounts;
import dev.meterbook.proto.metering.v1.Usage;
import dev.meterbook.proto.type.v1.Leaf;
import dev.meterbook.testing.PostgresFixture;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Calls recorded with the body that the provider answered with. */
class ProviderBodyTest {

    private static final String CHAT =
            """
            {"model": "gpt-5-mini", "usage": {"prompt_tokens": 1200, "completion_tokens": 80,
              "prompt_tokens_details": {"cached_tokens": 1000},
              "completion_tokens_details": {"reasoning_tokens": 30}}}
            """;

    private static RunningMeter meter;
    private static MeteringServiceBlockingStub acme;

    @BeforeAll
    static void start() throws SQLException {
        meter = RunningMeter.first(PostgresFixture.freshDatabase());
        acme = MeteringServiceGrpc.newBlockingStub(meter.channel(RunningMeter.ACME));
    }

    @AfterAll
    static void stop() {
        meter.close();
    }

    private static MeteredCall.Builder withBody(String id, String flavor, String json) {
        return call(id).clearServedModel()
                .setRequestedModel("gpt-5")
                .setUsage(
                        Usage.newBuilder()
                                .setProviderUsage(
                                        ProviderUsage.newBuilder()
                                                .setFlavor(flavor)
                                                .setJson(json)));
    }

    private static UnaryOperator<MeteredCall.Builder> body(String flavor, String json) {
        return call -> withBody("c-1", flavor, json);
    }

    private static CallResult record(MeteredCall.Builder call) {
        return acme.recordUsage(RecordUsageRequest.newBuilder().addCalls(call).build())
                .getResults(0);
    }

    private static CallRecord stored(String id) {
        return acme.getCall(
                GetCallRequest.newBuilder().setName("tenants/acme/calls/" + id).build());
    }

    @Test
    void a_body_is_stored_as_leaves_with_its_model_and_its_hash() {
        assertThat(record(withBody("chat", "chat", CHAT)).getOutcome())
                .isEqualTo(Outcome.OUTCOME_RECORDED);

        CallRecord stored = stored("chat");

        assertThat(stored.getQuantitiesList())
                .containsExactly(
                        leaf(Leaf.LEAF_INPUT, 200),
                        leaf(Leaf.LEAF_INPUT_CACHE_READ, 1_000),
                        leaf(Leaf.LEAF_OUTPUT, 50),
                        leaf(Leaf.LEAF_OUTPUT_REASONING, 30));
        assertThat(stored.getCall().getRequestedModel()).isEqualTo("gpt-5");
        assertThat(stored.getCall().getServedModel()).isEqualTo("gpt-5-mini");
        assertThat(stored.getCall().getStatus()).isEqualTo(CallStatus.CALL_STATUS_OK);
        assertThat(stored.getCall().hasUsage()).isFalse();
        assertThat(stored.getEvidence().getProvider()).isEqualTo("openai");
        assertThat(stored.getEvidence().getFlavor()).isEqualTo("chat");
        assertThat(stored.getEvidence().getPartial()).isFalse();
        assertThat(HexFormat.of().formatHex(stored.getEvidence().getSha256().toByteArray()))
                .isEqualTo("caaae2ffe3cb77ea744faf631e7d27792bd6464b7b5b6575edaf276883d0c01b");
    }

    @Test
    void a_body_that_was_cut_off_is_kept_and_marked() {
        String cutOff =
                """
                {"type": "message_start", "message": {"model": "claude-x",
                  "usage": {"input_tokens": 25, "cache_read_input_tokens": 7, "output_tokens": 1}}}
                """;
        MeteredCall.Builder call = withBody("cut-off", "message-start", cutOff);
        call.getUsageBuilder().getProviderUsageBuilder().setProvider("anthropic");

        assertThat(record(call).getOutcome()).isEqualTo(Outcome.OUTCOME_RECORDED);

        CallRecord stored = stored("cut-off");
        assertThat(stored.getCall().getStatus()).isEqualTo(CallStatus.CALL_STATUS_PARTIAL);
        assertThat(stored.getEvidence().getPartial()).isTrue();
        assertThat(stored.getQuantitiesList())
                .containsExactly(
                        leaf(Leaf.LEAF_INPUT, 25),
                        leaf(Leaf.LEAF_INPUT_CACHE_READ, 7),
                        leaf(Leaf.LEAF_OUTPUT, 1));
    }

    @Test
    void what_the_caller_says_of_model_and_status_stays() {
        MeteredCall.Builder call =
                withBody("told", "chat", "{\"model\":\"x\",\"usage\":{\"prompt_tokens\":5}}")
                        .setServedModel("my-deployment")
                        .setStatus(CallStatus.CALL_STATUS_CANCELLED);

        assertThat(record(call).getOutcome()).isEqualTo(Outcome.OUTCOME_RECORDED);

        assertThat(stored("told").getCall().getServedModel()).isEqualTo("my-deployment");
        assertThat(stored("told").getCall().getStatus())
                .isEqualTo(CallStatus.CALL_STATUS_CANCELLED);
        assertThat(stored("told").getEvidence().getPartial()).isTrue();
    }

    @Test
    void the_same_body_again_is_a_duplicate_and_another_one_a_conflict() {
        assertThat(record(withBody("again", "chat", CHAT)).getOutcome())
                .isEqualTo(Outcome.OUTCOME_RECORDED);
        assertThat(record(withBody("again", "chat", CHAT)).getOutcome())
                .isEqualTo(Outcome.OUTCOME_DUPLICATE);
        assertThat(record(withBody("again", "chat", CHAT + " ")).getOutcome())
                .isEqualTo(Outcome.OUTCOME_CONFLICT);
    }

    @Test
    void units_that_a_body_does_not_tell_may_stand_beside_it() {
        MeteredCall.Builder call = withBody("searched", "chat", CHAT);
        call.getUsageBuilder().addQuantities(leaf(Leaf.LEAF_WEB_SEARCH, 2));

        assertThat(record(call).getOutcome()).isEqualTo(Outcome.OUTCOME_RECORDED);

        assertThat(stored("searched").getQuantitiesList()).contains(leaf(Leaf.LEAF_WEB_SEARCH, 2));
    }

    @Test
    void contradictions_are_refused_with_reason_and_place() {
        assertRejected(
                        body(
                                "chat",
                                """
                                {"usage": {"prompt_tokens": 10, "completion_tokens": 1,
                                  "prompt_tokens_details": {"cached_tokens": 11}}}
                                """))
                .isEqualTo(
                        "CACHED_ABOVE_INPUT usage.provider_usage.json/usage/prompt_tokens: 10"
                                + " (expected: at least the 11 of its parts)");
        assertRejected(body("chat", "{\"usage\":{\"prompt_tokens\":-1}}"))
                .startsWith("NEGATIVE_COUNT usage.provider_usage.json/usage/prompt_tokens: -1");
        assertRejected(body("chat", "{\"usage\":{\"prompt_tokens\":1.5}}"))
                .startsWith("NOT_A_WHOLE_NUMBER usage.provider_usage.json/usage/prompt_tokens");
        assertRejected(body("chat", "{\"usage\":{\"prompt_tokens\":1e30}}"))
                .startsWith("COUNT_TOO_LARGE usage.provider_usage.json/usage/prompt_tokens");
        assertRejected(body("chat", "{\"usage\":{\"prompt_tokens\":\"many\"}}"))
                .startsWith("NOT_A_NUMBER usage.provider_usage.json/usage/prompt_tokens: a text");
        assertRejected(body("chat", "{\"usage\":{\"input_tokens\":5}}"))
                .startsWith("COUNT_MISSING usage.provider_usage.json/usage/prompt_tokens");
        assertRejected(
                        body(
                                "chat",
                                "{\"usage\":{\"prompt_tokens\":5,\"prompt_tokens_details\":5}}"))
                .startsWith(
                        "UNREADABLE_USAGE usage.provider_usage.json/usage/prompt_tokens_details: 5");
        assertRejected(body("chat", "{}")).startsWith("USAGE_MISSING");
    }

    @Test
    void what_is_no_body_is_refused_without_repeating_it() {
        assertRejected(body("chat", "{\"usage\": secret"))
                .startsWith("MALFORMED_BODY usage.provider_usage.json: malformed at line 1, column")
                .doesNotContain("secret");
        assertRejected(body("chat", "")).startsWith("MALFORMED_BODY");
        assertRejected(body("chat", "[1]")).startsWith("MALFORMED_BODY");
        assertRejected(body("chat", "{\"a\":1,\"a\":2}")).startsWith("MALFORMED_BODY");
        assertRejected(body("chat", CHAT + "{}")).startsWith("MALFORMED_BODY");
        assertRejected(body("chat", "{\"a\":".repeat(40) + "1" + "}".repeat(40)))
                .startsWith("MALFORMED_BODY");
        assertRejected(body("chat", CHAT + " ".repeat(65_537 - CHAT.length())))
                .startsWith("BODY_TOO_LARGE");
        Door.assertTaken(body("chat", CHAT + " ".repeat(65_536 - CHAT.length())));
        assertRejected(body("chatter", CHAT))
                .isEqualTo(
                        "UNKNOWN_FLAVOR usage.provider_usage.flavor: openai chatter (expected: one"
                                + " of chat, responses, realtime, images, embeddings)");
    }

    @Test
    void counts_beside_a_body_are_refused() {
        assertRejected(
                        call -> {
                            MeteredCall.Builder both = withBody("c-1", "chat", CHAT);
                            both.getUsageBuilder().setTokens(TokenCounts.getDefaultInstance());
                            return both;
                        })
                .startsWith("TOKENS_AND_BODY usage.tokens");
        for (LeafCase each :
                List.of(
                        new LeafCase(Leaf.LEAF_OUTPUT_AUDIO, "TOKENS_AND_QUANTITIES"),
                        new LeafCase(Leaf.LEAF_INPUT, "DUPLICATE_LEAF"))) {
            assertRejected(
                            call -> {
                                MeteredCall.Builder both = withBody("c-1", "chat", CHAT);
                                both.getUsageBuilder().addQuantities(leaf(each.leaf(), 1));
                                return both;
                            })
                    .startsWith(each.reason());
        }
    }

    private record LeafCase(Leaf leaf, String reason) {}
}
