package dev.meterbook.pricing.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.meterbook.pricing.PriceRequests;
import dev.meterbook.pricing.RunningPricing;
import dev.meterbook.proto.metering.v1.ProviderUsage;
import dev.meterbook.proto.metering.v1.TokenCounts;
import dev.meterbook.proto.metering.v1.Usage;
import dev.meterbook.proto.pricing.v1.PriceLine;
import dev.meterbook.proto.pricing.v1.PricingServiceGrpc.PricingServiceBlockingStub;
import dev.meterbook.proto.pricing.v1.QuoteRequest;
import dev.meterbook.proto.pricing.v1.QuoteResponse;
import dev.meterbook.proto.pricing.v1.UnpricedReason;
import dev.meterbook.proto.type.v1.Leaf;
import dev.meterbook.proto.type.v1.LeafQuantity;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bodies that providers answer with, priced without being recorded: 1 USD in, 8 USD out. */
class QuoteBodyTest {

    private static final String CHAT =
            """
            {"model": "gpt-5-mini", "usage": {"prompt_tokens": 1200, "completion_tokens": 80,
              "prompt_tokens_details": {"cached_tokens": 1000},
              "completion_tokens_details": {"reasoning_tokens": 30}}}
            """;

    private static RunningPricing pricing;
    private static PricingServiceBlockingStub acme;

    @BeforeAll
    static void start() throws SQLException {
        pricing = RunningPricing.fresh();
        acme = pricing.as(RunningPricing.ACME);
        for (String provider : List.of("openai", "anthropic", "bedrock", "google")) {
            var _ =
                    pricing.as(RunningPricing.OPERATOR)
                            .createProviderContract(
                                    PriceRequests.contract(
                                            "with-" + provider,
                                            provider,
                                            PriceRequests.table("*", "1", "8")));
        }
    }

    @AfterAll
    static void stop() {
        pricing.close();
    }

    private static QuoteRequest.Builder body(String provider, String flavor, String json) {
        return QuoteRequest.newBuilder()
                .setProvider(provider)
                .setOccurTime(PriceRequests.time("2026-10-05T10:00:00Z"))
                .setUsage(
                        Usage.newBuilder()
                                .setProviderUsage(
                                        ProviderUsage.newBuilder()
                                                .setFlavor(flavor)
                                                .setJson(json)));
    }

    private static LeafQuantity leaf(Leaf leaf, long quantity) {
        return LeafQuantity.newBuilder().setLeaf(leaf).setQuantity(quantity).build();
    }

    private static String refused(String json, Consumer<QuoteRequest.Builder> change) {
        QuoteRequest.Builder request = body("openai", "chat", json);
        change.accept(request);
        return Refusals.of(() -> acme.quote(request.build()));
    }

    @Test
    void a_body_is_counted_and_priced_at_the_model_that_it_names() {
        QuoteResponse quoted = acme.quote(body("openai", "chat", CHAT).build());

        assertThat(quoted.getModel()).isEqualTo("gpt-5-mini");
        assertThat(quoted.getPartial()).isFalse();
        assertThat(quoted.getQuantitiesList())
                .containsExactly(
                        leaf(Leaf.LEAF_INPUT, 200),
                        leaf(Leaf.LEAF_INPUT_CACHE_READ, 1_000),
                        leaf(Leaf.LEAF_OUTPUT, 50),
                        leaf(Leaf.LEAF_OUTPUT_REASONING, 30));
        assertThat(quoted.getPrice().getBilledCost().getAmount()).isEqualTo("0.00184");
        assertThat(quoted.getPrice().getLinesList())
                .extracting(PriceLine::getLeaf, PriceLine::getAmount)
                .containsExactly(
                        tuple(Leaf.LEAF_INPUT, "0.0002"),
                        tuple(Leaf.LEAF_INPUT_CACHE_READ, "0.001"),
                        tuple(Leaf.LEAF_OUTPUT, "0.0004"),
                        tuple(Leaf.LEAF_OUTPUT_REASONING, "0.00024"));
    }

    @Test
    void the_model_asked_for_goes_before_the_one_in_the_body() {
        assertThat(acme.quote(body("openai", "chat", CHAT).setModel("gpt-5").build()).getModel())
                .isEqualTo("gpt-5");
    }

    @Test
    void each_provider_counts_in_its_own_way() {
        // Anthropic's input holds no cached token, Google's does.
        assertThat(
                        acme.quote(
                                        body(
                                                        "anthropic",
                                                        "messages",
                                                        """
                                                        {"model": "claude", "usage": {"input_tokens": 10,
                                                         "cache_read_input_tokens": 300,
                                                         "cache_creation_input_tokens": 20,
                                                         "output_tokens": 5}}
                                                        """)
                                                .build())
                                .getQuantitiesList())
                .containsExactly(
                        leaf(Leaf.LEAF_INPUT, 10),
                        leaf(Leaf.LEAF_INPUT_CACHE_READ, 300),
                        leaf(Leaf.LEAF_INPUT_CACHE_WRITE, 20),
                        leaf(Leaf.LEAF_OUTPUT, 5));
        assertThat(
                        acme.quote(
                                        body(
                                                        "google",
                                                        "generate-content",
                                                        """
                                                        {"modelVersion": "gemini", "usageMetadata":
                                                         {"promptTokenCount": 310,
                                                          "cachedContentTokenCount": 300,
                                                          "candidatesTokenCount": 5,
                                                          "thoughtsTokenCount": 7}}
                                                        """)
                                                .build())
                                .getPrice()
                                .getBilledCost()
                                .getAmount())
                .isEqualTo("0.000406");
        QuoteResponse converse =
                acme.quote(
                        body(
                                        "bedrock",
                                        "converse",
                                        "{\"usage\": {\"inputTokens\": 30, \"outputTokens\": 2}}")
                                .setModel("nova")
                                .build());
        assertThat(converse.getPrice().getBilledCost().getAmount()).isEqualTo("0.000046");
    }

    @Test
    void a_body_in_the_form_of_another_vendor_says_so() {
        QuoteRequest.Builder span =
                body(
                        "openai",
                        "genai",
                        """
                        {"gen_ai.response.model": "gpt-5", "gen_ai.usage.input_tokens": 1000,
                         "gen_ai.usage.output_tokens": 10}
                        """);
        span.getUsageBuilder().getProviderUsageBuilder().setProvider("opentelemetry");

        assertThat(acme.quote(span.build()).getPrice().getBilledCost().getAmount())
                .isEqualTo("0.00108");
    }

    @Test
    void a_stream_that_was_cut_off_is_marked() {
        QuoteResponse quoted =
                acme.quote(
                        body("openai", "chat", "{\"usage\": {\"prompt_tokens\": 1000}}")
                                .setModel("gpt-5")
                                .build());

        assertThat(quoted.getPartial()).isTrue();
        assertThat(quoted.getQuantitiesList()).containsExactly(leaf(Leaf.LEAF_INPUT, 1_000));
        assertThat(quoted.getPrice().getBilledCost().getAmount()).isEqualTo("0.001");
    }

    @Test
    void what_a_body_does_not_tell_stands_beside_it_and_shows_without_a_price() {
        QuoteRequest.Builder request = body("openai", "chat", CHAT);
        request.getUsageBuilder().addQuantities(leaf(Leaf.LEAF_WEB_SEARCH, 2));

        QuoteResponse quoted = acme.quote(request.build());

        assertThat(quoted.getPrice().getUnpricedReason())
                .isEqualTo(UnpricedReason.UNPRICED_REASON_NO_PRICE_FOR_LEAF);
        assertThat(quoted.getQuantitiesList()).hasSize(5).endsWith(leaf(Leaf.LEAF_WEB_SEARCH, 2));
    }

    @Test
    void what_could_not_be_recorded_is_not_quoted() {
        String bad = "INVALID_ARGUMENT ";
        assertThat(refused("{\"usage\": ", _ -> {})).isEqualTo(bad + "MALFORMED_BODY");
        assertThat(refused("[]", _ -> {})).isEqualTo(bad + "MALFORMED_BODY");
        assertThat(refused("{}", _ -> {})).isEqualTo(bad + "USAGE_MISSING");
        assertThat(refused(CHAT + " ".repeat(65_536), _ -> {})).isEqualTo(bad + "BODY_TOO_LARGE");
        assertThat(refused(CHAT.replace("1200", "999"), _ -> {}))
                .isEqualTo(bad + "CACHED_ABOVE_INPUT");
        assertThat(refused(CHAT.replace("1200", "-1"), _ -> {})).isEqualTo(bad + "NEGATIVE_COUNT");
        assertThat(refused(CHAT, each -> each.setProvider("nobody")))
                .isEqualTo(bad + "UNKNOWN_FLAVOR");
        assertThat(
                        refused(
                                CHAT,
                                each ->
                                        each.getUsageBuilder()
                                                .setTokens(TokenCounts.getDefaultInstance())))
                .isEqualTo(bad + "TOKENS_AND_BODY");
        assertThat(
                        refused(
                                CHAT,
                                each ->
                                        each.getUsageBuilder()
                                                .addQuantities(leaf(Leaf.LEAF_INPUT, 1))))
                .isEqualTo(bad + "DUPLICATE_LEAF");
        assertThat(refused(CHAT.replace("\"model\": \"gpt-5-mini\", ", ""), _ -> {}))
                .isEqualTo(bad + "INVALID_MODEL");
        assertThat(
                        Refusals.text(
                                () ->
                                        acme.quote(
                                                body("openai", "chat", CHAT.replace("1200", "999"))
                                                        .build())))
                .contains("usage.provider_usage.json/usage/prompt_tokens: 999");
    }
}
