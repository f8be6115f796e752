package dev.meterbook.pricing.application;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.meterbook.pricing.application.CatalogueFile.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuoteLinesTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant NOON = Instant.parse("2026-06-10T12:00:00Z");

    private final QuoteLines quotes =
            new QuoteLines((Outcome.Read) CatalogueFile.read(resource("catalogue.json")), NOON);

    private static String resource(String name) {
        try (InputStream file = QuoteLinesTest.class.getResourceAsStream("/quotes/" + name)) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    @TestFactory
    Stream<DynamicTest> each_body_has_the_usage_and_price_that_it_stands_for() throws IOException {
        List<String> lines = resource("bodies.jsonl").lines().toList();
        assertThat(lines).hasSizeGreaterThanOrEqualTo(60);
        return lines.stream().map(QuoteLinesTest::parse).map(this::test);
    }

    private DynamicTest test(JsonNode each) {
        return DynamicTest.dynamicTest(
                each.path("name").asText(),
                () ->
                        assertThat(answer(each.path("line").toString()))
                                .isEqualTo(each.path("expect")));
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException malformed) {
            throw new IllegalStateException(malformed);
        }
    }

    private JsonNode answer(String line) {
        return parse(quotes.answer(line).json());
    }

    @Test
    void counts_may_be_given_in_place_of_a_body_as_totals_or_as_disjoint_kinds() {
        JsonNode totals =
                answer(
                        """
                        {"provider_id": "openai", "model": "atlas-1",
                         "usage": {"input_tokens": 100, "cache_read_tokens": 60, "output_tokens": 7}}\
                        """);
        JsonNode leaves =
                answer(
                        """
                        {"provider_id": "openai", "model": "ATLAS-1",
                         "usage": {"input": 40, "input_cache_read": 60, "output": 7}}\
                        """);

        assertThat(totals.path("input_price").asText()).isEqualTo("0.000069");
        assertThat(totals.path("output_price").asText()).isEqualTo("0.000042");
        assertThat(totals.path("total_price").asText()).isEqualTo("0.000111");
        assertThat(leaves).isEqualTo(totals);
    }

    @Test
    void a_provider_is_known_by_the_other_names_that_the_catalogue_has_for_it() {
        QuoteLines own =
                new QuoteLines(
                        (Outcome.Read)
                                CatalogueFile.read(
                                        """
                                        [{"id": "acme", "name": "Acme", "api_pattern": "x",
                                          "provider_match": {"starts_with": "acme."},
                                          "extractors": [
                                            {"api_flavor": "short", "root": "usage",
                                             "model_path": "model",
                                             "mappings": [
                                               {"path": "in", "dest": "input_tokens",
                                                "required": true}]}],
                                          "models": [
                                            {"id": "one", "match": {"equals": "one"},
                                             "prices": {"input_mtok": 1.5}}]}]
                                        """),
                        NOON);

        assertThat(
                        parse(
                                own.answer(
                                                """
                                                {"provider_id": "acme.cloud",
                                                 "api_flavor": "short",
                                                 "body": {"model": "one", "usage": {"in": 1000}}}\
                                                """)
                                        .json()))
                .isEqualTo(
                        parse(
                                """
                                {"usage": {"input_tokens": 1000}, "input_price": "0.0015",
                                 "output_price": "0", "total_price": "0.0015"}\
                                """));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            textBlock =
                    """
                    no json                                       | MALFORMED_JSON  | line
                    null                                          | MALFORMED_JSON  | line
                    {"provider_id": "openai", "boddy": {}}        | UNKNOWN_FIELD   | boddy
                    {"body": {}}                                  | NOT_A_TEXT      | provider_id
                    {"provider_id": "openai"}                     | USAGE_MISSING   | body
                    {"provider_id": "openai", "api_flavor": "fax", "body": {}} | UNKNOWN_FLAVOR | api_flavor
                    {"provider_id": "openai", "api_flavor": "chat", "body": {}} | USAGE_MISSING | usage
                    {"provider_id": "openai", "api_flavor": "chat", "body": {"usage": 4}} | USAGE_MISSING | usage
                    {"provider_id": "openai", "api_flavor": "chat", "body": {"usage": {"completion_tokens": 4}}} | COUNT_MISSING | usage/prompt_tokens
                    {"provider_id": "openai", "api_flavor": "chat", "body": {"usage": {"prompt_tokens": -4}}} | NEGATIVE_COUNT | usage/prompt_tokens
                    {"provider_id": "openai", "api_flavor": "chat", "body": {"usage": {"prompt_tokens": 4.5}}} | NOT_A_WHOLE_NUMBER | usage/prompt_tokens
                    {"provider_id": "openai", "api_flavor": "chat", "body": {"usage": {"prompt_tokens": 1e99}}} | COUNT_TOO_LARGE | usage/prompt_tokens
                    {"provider_id": "openai", "api_flavor": "chat", "body": {"usage": {"prompt_tokens": "4"}}} | NOT_A_NUMBER | usage/prompt_tokens
                    {"provider_id": "openai", "api_flavor": "chat", "body": {"usage": {"prompt_tokens": 4, "prompt_tokens_details": {"cached_tokens": 5}}}} | CACHED_ABOVE_INPUT | usage/prompt_tokens
                    {"provider_id": "openai", "api_flavor": "chat", "body": {"usage": {"prompt_tokens": 4, "prompt_tokens_details": [5]}}} | UNREADABLE_USAGE | usage/prompt_tokens_details
                    {"provider_id": "openai", "model": "m", "usage": {"input_tokens": 4, "input": 5}} | MIXED_COUNTS | usage
                    {"provider_id": "openai", "model": "m", "usage": {"input_tonnes": 4}} | UNKNOWN_UNIT | usage.input_tonnes
                    {"provider_id": "openai", "model": "m", "usage": {"input": 4}, "occur_time": "noon"} | INVALID_TIME | occur_time
                    """)
    void a_bad_line_is_answered_with_reason_and_place(String line, String reason, String field) {
        QuoteLines.Answer answer = quotes.answer(line);

        assertThat(answer).isInstanceOf(QuoteLines.Answer.Bad.class);
        JsonNode error = parse(answer.json()).path("error");
        assertThat(error.path("reason").asText()).isEqualTo(reason);
        assertThat(error.path("field").asText()).isEqualTo(field);
        assertThat(error.path("message").asText()).contains("(expected: ");
    }
}
