package dev.meterbook.pricing.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.pricing.application.CatalogueFile.Outcome;
import dev.meterbook.pricing.domain.Catalogue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueFileTest {

    private static final String RIGHT =
            """
            {
              "catalogue": "starter",
              "version": "2026-08-21",
              "currency": "USD",
              "unit": "per_million",
              "providers": [
                {
                  "provider": "openai",
                  "name": "OpenAI",
                  "source": "https://example.org/pricing",
                  "checked": "2026-08-21",
                  "models": [
                    {
                      "model": "gpt-5",
                      "aliases": ["gpt-5-2025-08-07"],
                      "effective_from": "2025-08-07",
                      "prices": [
                        { "leaf": "input", "amount": "1.25", "per": 1000000 },
                        { "leaf": "output", "amount": "10" }
                      ]
                    }
                  ]
                }
              ]
            }
            """;

    private static String starter() throws IOException {
        try (InputStream file =
                CatalogueFile.class.getResourceAsStream("/catalogue/starter-prices.json")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void the_starter_catalogue_is_right_and_has_at_least_forty_models() throws IOException {
        Outcome outcome = CatalogueFile.read(starter());

        assertThat(outcome).isInstanceOf(Outcome.Read.class);
        Catalogue catalogue = ((Outcome.Read) outcome).catalogue();
        assertThat(catalogue.id()).isEqualTo("starter");
        assertThat(catalogue.modelCount()).isGreaterThanOrEqualTo(40);
        assertThat(catalogue.providers())
                .allSatisfy(
                        provider -> {
                            assertThat(provider.sourceUri()).startsWith("https://");
                            assertThat(provider.checkDate()).matches("20[0-9]{2}-.*");
                        });
    }

    @Test
    void reads_a_file() {
        Catalogue catalogue = ((Outcome.Read) CatalogueFile.read(RIGHT)).catalogue();

        assertThat(catalogue.version()).isEqualTo("2026-08-21");
        var prices = catalogue.providers().getFirst().models().getFirst();
        assertThat(prices.validity().start()).isEqualTo("2025-08-07T00:00:00Z");
        assertThat(prices.table().prices().get(1).per()).isEqualTo(1_000_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "1.25"              | "-1.25"         | 18 | NEGATIVE_PRICE    | providers[0].models[0].prices[0].amount
                    "1.25"              | 1.25            | 18 | NOT_A_TEXT        | providers[0].models[0].prices[0].amount
                    "leaf": "output"    | "leaf": "outptu" | 19 | UNKNOWN_LEAF     | providers[0].models[0].prices[1].leaf
                    "leaf": "output"    | "leaf": "input" | 19 | DUPLICATE_PRICE   | providers[0].models[0].prices[1]
                    "per": 1000000      | "per": 0        | 18 | INVALID_PER       | providers[0].models[0].prices[0].per
                    "per": 1000000      | "per": 1.5      | 18 | NOT_A_NUMBER      | providers[0].models[0].prices[0].per
                    "per": 1000000      | "pre": 1000000  | 18 | UNKNOWN_FIELD     | providers[0].models[0].prices[0].pre
                    "2025-08-07",       | "2025-13-07",   | 16 | INVALID_DATE      | providers[0].models[0].effective_from
                    "USD"               | "DOLLAR"        | 4  | INVALID_CURRENCY  | currency
                    "per_million"       | "per_billion"   | 5  | UNKNOWN_UNIT      | unit
                    "model": "gpt-5"    | "model": "gpt 5" | 14 | INVALID_MODEL    | providers[0].models[0].model
                    ["gpt-5-2025-08-07"] | ["gpt-5"]      | 13 | DUPLICATE_MODEL   | providers[0].models[0]
                    "checked": "2026-08-21", | ''         | 7  | MISSING_FIELD     | providers[0].checked
                    """)
    void one_bad_entry_refuses_the_file_with_line_and_reason(
            String right, String wrong, int line, String reason, String field) {
        assertThat(RIGHT).contains(right);

        Outcome outcome = CatalogueFile.read(RIGHT.replaceFirst(quoted(right), wrong));

        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        Outcome.Refused refused = (Outcome.Refused) outcome;
        assertThat(refused.violation().reason()).isEqualTo(reason);
        assertThat(refused.violation().field()).startsWith(field);
        assertThat(refused.line()).isEqualTo(line);
        assertThat(refused.message()).startsWith("line " + line + ": " + reason + ": " + field);
    }

    private static String quoted(String text) {
        return Pattern.quote(text);
    }

    @Test
    void malformed_json_is_refused_with_its_line() {
        Outcome outcome = CatalogueFile.read(RIGHT.replace("\"unit\":", "\"unit\""));

        assertThat(((Outcome.Refused) outcome).line()).isEqualTo(5);
        assertThat(((Outcome.Refused) outcome).violation().reason()).isEqualTo("MALFORMED_JSON");
    }

    @Test
    void a_field_given_twice_is_refused() {
        Outcome outcome =
                CatalogueFile.read(
                        RIGHT.replace(
                                "\"unit\": \"per_million\"",
                                "\"currency\": \"EUR\", \"unit\": \"per_million\""));

        assertThat(((Outcome.Refused) outcome).violation().reason()).isEqualTo("MALFORMED_JSON");
    }
}
