package dev.meterbook.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.meterbook.proto.metering.v1.CallResult;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.Outcome;
import dev.meterbook.proto.metering.v1.ProviderUsage;
import dev.meterbook.proto.metering.v1.Usage;
import dev.meterbook.proto.pricing.v1.ContractPriceVersion;
import dev.meterbook.proto.pricing.v1.CreateProviderContractRequest;
import dev.meterbook.proto.pricing.v1.ExplainCallRequest;
import dev.meterbook.proto.pricing.v1.ExplainCallResponse;
import dev.meterbook.proto.pricing.v1.ModelPrices;
import dev.meterbook.proto.pricing.v1.ProviderContract;
import dev.meterbook.proto.pricing.v1.QuoteRequest;
import dev.meterbook.proto.type.v1.Leaf;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Bodies as providers send them, recorded and read back as costs. Everywhere a million tokens cost
 * 2 USD of input, 0.2 from the cache, 2.5 into it, 4 for an hour, 8 of output.
 */
class ProviderBodyJourneyTest extends JourneyWorld {

    @Override
    TestSystem.Shape shape() {
        return TestSystem.Shape.ONE_PROCESS;
    }

    @BeforeAll
    void agree() {
        for (String provider :
                List.of("openai", "azure", "anthropic", "bedrock", "google", "mistral", "groq")) {
            system.operator()
                    .pricing()
                    .createProviderContract(
                            CreateProviderContractRequest.newBuilder()
                                    .setContractId("with-" + provider)
                                    .setContract(contractWith(provider))
                                    .build());
        }
    }

    private static ProviderContract contractWith(String provider) {
        return ProviderContract.newBuilder()
                .setProvider(provider)
                .setCurrencyCode("USD")
                .setEffectiveStartTime(Timestamp.newBuilder().setSeconds(1_672_531_200))
                .addPriceVersions(
                        ContractPriceVersion.newBuilder()
                                .addModelPrices(
                                        ModelPrices.newBuilder()
                                                .setModel("*")
                                                .addPrices(price(Leaf.LEAF_INPUT, "2"))
                                                .addPrices(price(Leaf.LEAF_INPUT_CACHE_READ, "0.2"))
                                                .addPrices(
                                                        price(Leaf.LEAF_INPUT_CACHE_WRITE, "2.5"))
                                                .addPrices(
                                                        price(Leaf.LEAF_INPUT_CACHE_WRITE_1H, "4"))
                                                .addPrices(price(Leaf.LEAF_OUTPUT, "8"))))
                .build();
    }

    private MeteredCall.Builder body(String id, String provider, String flavor, String json) {
        return call(id).setProvider(provider)
                .setUsage(
                        Usage.newBuilder()
                                .setProviderUsage(
                                        ProviderUsage.newBuilder()
                                                .setFlavor(flavor)
                                                .setJson(json)));
    }

    private ExplainCallResponse explained(String id) {
        return acme.client(system)
                .pricing()
                .explainCall(
                        ExplainCallRequest.newBuilder()
                                .setName("tenants/acme/calls/" + id)
                                .build());
    }

    private void assertCost(MeteredCall.Builder call, String cost) {
        assertThat(record(acme, call.build()))
                .extracting(CallResult::getOutcome)
                .containsExactly(Outcome.OUTCOME_RECORDED);
        eventually(
                () -> {
                    ExplainCallResponse answer = explained(call.getId());
                    assertThat(answer.getReproduced()).isTrue();
                    assertThat(answer.getStanding().getBilledCost().getAmount()).isEqualTo(cost);
                });
    }

    private record Body(String provider, String flavor, String json, String cost) {}

    private static List<Body> bodies() {
        return List.of(
                // 200 of input, 1,000 from the cache, 80 of output
                new Body(
                        "openai",
                        "chat",
                        """
                        {"model":"m","usage":{"prompt_tokens":1200,"completion_tokens":80,
                        "prompt_tokens_details":{"cached_tokens":1000},
                        "completion_tokens_details":{"reasoning_tokens":30}}}
                        """,
                        "0.00124"),
                new Body(
                        "azure",
                        "responses",
                        """
                        {"model":"m","status":"completed","usage":{"input_tokens":1200,
                        "input_tokens_details":{"cached_tokens":1000},"output_tokens":80,
                        "output_tokens_details":{"reasoning_tokens":80}}}
                        """,
                        "0.00124"),
                // 100 of input, 1,000 from the cache, 400 into it, 100 for an hour, 60 of output
                new Body(
                        "anthropic",
                        "messages",
                        """
                        {"model":"m","usage":{"input_tokens":100,
                        "cache_read_input_tokens":1000,"cache_creation_input_tokens":500,
                        "cache_creation":{"ephemeral_5m_input_tokens":400,"ephemeral_1h_input_tokens":100},
                        "output_tokens":60}}
                        """,
                        "0.00228"),
                // 300 of input, 50 from the cache, 20 of output
                new Body(
                        "bedrock",
                        "converse",
                        """
                        {"usage":{"inputTokens":300,"cacheReadInputTokens":50,
                        "outputTokens":20,"totalTokens":370}}
                        """,
                        "0.00077"),
                new Body(
                        "bedrock",
                        "invoke",
                        """
                        {"amazon-bedrock-invocationMetrics":{"inputTokenCount":300,
                        "cacheReadInputTokenCount":50,"outputTokenCount":20}}
                        """,
                        "0.00077"),
                // 400 of input, 100 from the cache, 40 of output and 60 of thought
                new Body(
                        "google",
                        "generate-content",
                        """
                        {"modelVersion":"m","usageMetadata":{"promptTokenCount":500,
                        "promptTokensDetails":[{"modality":"TEXT","tokenCount":500}],
                        "cachedContentTokenCount":100,"candidatesTokenCount":40,"thoughtsTokenCount":60,
                        "totalTokenCount":600}}
                        """,
                        "0.00162"),
                new Body(
                        "mistral",
                        "chat",
                        """
                        {"model":"m","usage":{"prompt_tokens":10,"completion_tokens":5,
                        "total_tokens":15}}
                        """,
                        "0.00006"),
                new Body(
                        "groq",
                        "chat",
                        """
                        {"model":"m","usage":{"queue_time":0.02,"prompt_tokens":10,
                        "completion_tokens":5,"total_tokens":15}}
                        """,
                        "0.00006"));
    }

    @Test
    void a_body_is_recorded_and_costs_what_it_counts() {
        for (Body each : bodies()) {
            String id = each.provider + "-" + each.flavor;
            assertCost(body(id, each.provider, each.flavor, each.json), each.cost);
        }
    }

    @Test
    void a_quote_for_a_body_says_the_same_cost() {
        for (Body each : bodies()) {
            MeteredCall call = body("quoted", each.provider, each.flavor, each.json).build();
            assertThat(
                            acme.client(system)
                                    .pricing()
                                    .quote(
                                            QuoteRequest.newBuilder()
                                                    .setProvider(each.provider)
                                                    .setModel("m")
                                                    .setUsage(call.getUsage())
                                                    .build())
                                    .getPrice()
                                    .getBilledCost()
                                    .getAmount())
                    .as(each.provider + " " + each.flavor)
                    .isEqualTo(each.cost);
        }
    }

    @Test
    void a_quote_over_http_shows_what_was_counted() throws Exception {
        String json =
                """
                {"provider": "openai", "usage": {"providerUsage": {"flavor": "responses", "json":
                 "{\\"model\\": \\"m\\", \\"status\\": \\"%s\\", \\"usage\\": {\\"input_tokens\\": %d,\
                 \\"input_tokens_details\\": {\\"cached_tokens\\": 400}, \\"output_tokens\\": 10}}"}}}
                """;
        try (Http http = new Http(system.running().http(), acme.key())) {
            Http.Answer quoted = http.post("/v1/usage:quote", json.formatted("cancelled", 1_000));
            assertThat(quoted.body().at("/model").asText()).isEqualTo("m");
            assertThat(quoted.body().at("/partial").asBoolean()).isTrue();
            assertThat(quoted.body().at("/quantities").toString())
                    .isEqualTo(
                            "[{\"leaf\":\"LEAF_INPUT\",\"quantity\":\"600\"},"
                                    + "{\"leaf\":\"LEAF_INPUT_CACHE_READ\",\"quantity\":\"400\"},"
                                    + "{\"leaf\":\"LEAF_OUTPUT\",\"quantity\":\"10\"}]");
            assertThat(quoted.body().at("/price/billedCost/amount").asText()).isEqualTo("0.00136");
            assertThat(http.post("/v1/usage:quote", json.formatted("completed", 399)).reason())
                    .isEqualTo("CACHED_ABOVE_INPUT");
        }
    }

    @Test
    void a_span_of_another_vendor_tells_the_usage_of_a_provider() {
        MeteredCall.Builder call =
                body(
                        "span",
                        "openai",
                        "genai",
                        """
                        {"gen_ai.response.model": "m", "gen_ai.usage.input_tokens": 1000,
                         "gen_ai.usage.cache_read.input_tokens": 400,
                         "gen_ai.usage.output_tokens": 10}
                        """);
        call.getUsageBuilder().getProviderUsageBuilder().setProvider("opentelemetry");

        assertCost(call, "0.00136");
    }

    @Test
    void a_stream_that_was_cut_off_costs_what_was_counted() {
        assertCost(
                body(
                        "cut-off",
                        "openai",
                        "chat",
                        "{\"model\": \"m\", \"usage\": {\"prompt_tokens\": 1000}}"),
                "0.002");
    }

    @Test
    void the_same_goes_over_http() throws Exception {
        String json =
                """
                {"calls": [{"id": "http-body", "occurTime": "%s", "application": "by-http",
                  "provider": "openai", "usage": {"providerUsage": {"flavor": "chat",
                  "json": "{\\"model\\": \\"m\\", \\"usage\\": {\\"prompt_tokens\\": %d}}"}}}]}
                """;
        try (Http http = new Http(system.running().http(), acme.key())) {
            assertThat(
                            http.post("/v1/usage:record", json.formatted(now, 1_000))
                                    .body()
                                    .at("/results/0/outcome")
                                    .asText())
                    .isEqualTo("OUTCOME_RECORDED");
            assertThat(
                            http.get("/v1/tenants/acme/calls/http-body")
                                    .body()
                                    .at("/call/status")
                                    .asText())
                    .isEqualTo("CALL_STATUS_PARTIAL");
            assertThat(
                            http.post("/v1/usage:record", json.formatted(now, -1))
                                    .body()
                                    .at("/results/0/rejection/field")
                                    .asText())
                    .isEqualTo("usage.provider_usage.json/usage/prompt_tokens");
        }
    }
}
