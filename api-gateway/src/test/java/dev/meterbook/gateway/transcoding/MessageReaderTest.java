package dev.meterbook.gateway.transcoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import dev.meterbook.proto.allocation.v1.QueryCostsRequest;
import dev.meterbook.proto.budget.v1.Budget;
import dev.meterbook.proto.metering.v1.CountSource;
import dev.meterbook.proto.metering.v1.RecordUsageRequest;
import dev.meterbook.proto.metering.v1.ServiceTier;
import dev.meterbook.proto.type.v1.Dimension;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageReaderTest {

    private final MessageReader reader = new MessageReader();

    @Test
    void reads_a_call_with_all_kinds_of_fields() {
        var request = RecordUsageRequest.newBuilder();
        fill(
                request,
                """
                {"calls": [{"id": "c1", "occurTime": "2026-11-23T10:15:30.5Z", "application": "chat",
                  "provider": "openai", "requested_model": "gpt", "serviceTier": "SERVICE_TIER_BATCH",
                  "attempt": 2, "latencyMillis": "812", "labels": {"team": "a", "env": "b"},
                  "usage": {"source": 2, "tokens": {"inputTokens": "1234", "output_tokens": 70}},
                  "customer": null}]}
                """);

        var call = request.getCalls(0);
        assertThat(call.getId()).isEqualTo("c1");
        assertThat(call.getOccurTime().getSeconds()).isEqualTo(1_795_428_930L);
        assertThat(call.getOccurTime().getNanos()).isEqualTo(500_000_000);
        assertThat(call.getServiceTier()).isEqualTo(ServiceTier.SERVICE_TIER_BATCH);
        assertThat(call.getAttempt()).isEqualTo(2);
        assertThat(call.getLatencyMillis()).isEqualTo(812);
        assertThat(call.getLabelsMap()).containsEntry("team", "a").containsEntry("env", "b");
        assertThat(call.getUsage().getSource()).isEqualTo(CountSource.COUNT_SOURCE_CLIENT);
        assertThat(call.getUsage().getTokens().getInputTokens()).isEqualTo(1_234);
        assertThat(call.getUsage().getTokens().getOutputTokens()).isEqualTo(70);
        assertThat(call.getCustomer()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"calls\":[{},{\"tennant\":\"x\"}]}|UNKNOWN_FIELD|calls[1].tennant",
                "{\"calls\":[{\"usage\":{\"tokens\":{\"inputTokens\":\"x\"}}}]}|INVALID_NUMBER|calls[0].usage.tokens.inputTokens",
                "{\"calls\":[{\"usage\":{\"tokens\":{\"inputTokens\":1.5}}}]}|INVALID_NUMBER|calls[0].usage.tokens.inputTokens",
                "{\"calls\":[{\"usage\":{\"tokens\":{\"inputTokens\":1e999999}}}]}|INVALID_NUMBER|calls[0].usage.tokens.inputTokens",
                "{\"calls\":[{\"usage\":{\"tokens\":{\"inputTokens\":9223372036854775808}}}]}|INVALID_NUMBER|calls[0].usage.tokens.inputTokens",
                "{\"calls\":[{\"attempt\":2147483648}]}|INVALID_NUMBER|calls[0].attempt",
                "{\"calls\":[{\"id\":7}]}|INVALID_TEXT|calls[0].id",
                "{\"calls\":[{\"serviceTier\":\"GOLD\"}]}|INVALID_ENUM|calls[0].serviceTier",
                "{\"calls\":[{\"occurTime\":\"yesterday\"}]}|INVALID_VALUE|calls[0].occurTime",
                "{\"calls\":{}}|INVALID_ARRAY|calls",
                "{\"calls\":[7]}|INVALID_OBJECT|calls[0]",
                "[]|INVALID_OBJECT|body",
                "{\"calls\":[}|MALFORMED_JSON|body",
                "{\"calls\":[]}x|MALFORMED_JSON|body",
                "{\"calls\":[],\"calls\":[]}|MALFORMED_JSON|body",
                "{\"calls\":[],\"calls\":1}|MALFORMED_JSON|body"
            })
    void names_the_field_at_fault(String json, String reason, String field) {
        assertThatThrownBy(() -> fill(RecordUsageRequest.newBuilder(), json))
                .isInstanceOfSatisfying(
                        RequestRejected.class,
                        rejected -> {
                            assertThat(rejected.violation().reason()).isEqualTo(reason);
                            assertThat(rejected.violation().field()).isEqualTo(field);
                        });
    }

    @Test
    void refuses_a_body_that_is_too_deep() {
        String deep = "{\"calls\":".repeat(1) + "[".repeat(33) + "]".repeat(33) + "}";

        assertThatThrownBy(() -> fill(RecordUsageRequest.newBuilder(), deep))
                .hasMessageContaining("32 levels deep");
    }

    @Test
    void refuses_two_ways_to_say_one_thing() {
        assertThatThrownBy(
                        () ->
                                fill(
                                        Budget.newBuilder(),
                                        """
                                        {"limit": {"tokens": "5", "money": {"amount": "1"}}}
                                        """))
                .hasMessageContaining("limit.money");
    }

    @Test
    void fills_lists_times_and_nested_fields_from_texts() {
        var request = QueryCostsRequest.newBuilder();
        reader.fill(request, "start_time", List.of("2026-11-01T00:00:00Z"));
        reader.fill(request, "groupBy", List.of("DIMENSION_MODEL", "DIMENSION_USER"));
        reader.fill(request, "page_size", List.of("7"));
        reader.fill(request, "models", List.of("a", "b"));
        var budget = Budget.newBuilder();
        reader.fill(budget, "window.time_zone", List.of("Europe/Berlin"));

        assertThat(request.getStartTime().getSeconds()).isEqualTo(1_793_491_200L);
        assertThat(request.getGroupByValueList())
                .containsExactly(Dimension.DIMENSION_MODEL_VALUE, Dimension.DIMENSION_USER_VALUE);
        assertThat(request.getPageSize()).isEqualTo(7);
        assertThat(request.getModelsList()).containsExactly("a", "b");
        assertThat(budget.getWindow().getTimeZone()).isEqualTo("Europe/Berlin");
        assertThatThrownBy(() -> reader.fill(request, "page_size", List.of("1", "2")))
                .hasMessageContaining("one value");
        assertThatThrownBy(() -> reader.fill(request, "parent.x", List.of("1")))
                .hasMessageContaining("parent.x");
    }

    private void fill(Message.Builder message, String json) {
        reader.fill(message, json.getBytes(StandardCharsets.UTF_8));
    }
}
