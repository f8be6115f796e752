package dev.meterbook.pricing.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.pricing.application.CatalogueFile.Outcome;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenaiPricesFormTest {

    private static final String RIGHT =
            """
            [
              {
                "id": "acme",
                "name": "Acme",
                "api_pattern": "https://api\\\\.acme\\\\.example",
                "fallback_model_providers": ["other"],
                "extractors": [
                  {
                    "api_flavor": "chat",
                    "root": "usage",
                    "mappings": [
                      {"path": "in", "dest": "input_tokens", "required": true}
                    ]
                  }
                ],
                "models": [
                  {
                    "id": "one",
                    "match": {"starts_with": "one"},
                    "prices": [
                      {"prices": {"input_mtok": 1.5}},
                      {"constraint": {"start_date": "2026-05-01"}, "prices": {"input_mtok": 1}},
                      {"constraint": {"start_time": "22:00:00Z", "end_time": "06:00:00Z"},
                       "prices": {"input_mtok": {"base": 2, "tiers": [{"start": 1000, "price": 3}]}}}
                    ]
                  },
                  {
                    "id": "two",
                    "match": {"regex": "^two-[0-9]+$"},
                    "prices": {"output_mtok": 2}
                  }
                ]
              },
              {"id": "other", "name": "Other", "api_pattern": "x", "models": []}
            ]
            """;

    @Test
    void a_right_file_is_read_whole() {
        Outcome outcome = CatalogueFile.read(RIGHT);

        assertThat(outcome).isInstanceOf(Outcome.Read.class);
        Outcome.Read read = (Outcome.Read) outcome;
        assertThat(read.catalogue().modelCount()).isEqualTo(2);
        assertThat(read.flavors()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            textBlock =
                    """
                    "output_mtok": 2        | "output_stone": 2      | 31 | UNKNOWN_UNIT
                    "dest": "input_tokens"  | "dest": "tokens"       | 12 | UNKNOWN_UNIT
                    "output_mtok": 2        | "output_mtok": -2      | 31 | NEGATIVE_PRICE
                    "price": 3              | "price": -3            | 25 | NEGATIVE_PRICE
                    "output_mtok": 2        | "output_mtok": "2"     | 31 | NOT_A_NUMBER
                    "output_mtok": 2        | "output_mtok": 1e13    | 31 | PRICE_OUT_OF_RANGE
                    "output_mtok": 2        | "output_mtok": 1e-999999999 | 31 | PRICE_OUT_OF_RANGE
                    "id": "two"             | "id": "two", "currency": "EUR" | 29 | WRONG_CURRENCY
                    "id": "two"             | "id": "one"            | 29 | DUPLICATE_MODEL
                    "id": "two"             | "id": "t w o"          | 29 | INVALID_MODEL
                    "id": "two"             | "id": "two", "colour": "red" | 29 | UNKNOWN_FIELD
                    "id": "other"           | "id": "acme"           | 35 | DUPLICATE_PROVIDER
                    ["other"]               | ["nobody"]             | 6  | UNKNOWN_PROVIDER
                    {"starts_with": "one"}  | {"begins": "one"}      | 19 | INVALID_MATCH
                    "^two-[0-9]+$"          | "two-["                | 30 | INVALID_REGEX
                    "2026-05-01"            | "May"                  | 22 | INVALID_DATE
                    "22:00:00Z"             | "ten"                  | 23 | INVALID_TIME
                    "start": 1000           | "start": 0             | 24 | INVALID_BAND
                    {"start_date": "2026-05-01"} | null              | 22 | OVERLAPPING_VALIDITY
                    {"start_time": "22:00:00Z", "end_time": "06:00:00Z"} | {"start_date": "2026-05-01"} | 23 | OVERLAPPING_VALIDITY
                    """)
    void one_bad_entry_refuses_the_file_with_its_line(
            String right, String wrong, int line, String reason) {
        String file = RIGHT.replaceFirst(Pattern.quote(right), wrong.replace("$", "\\$"));
        assertThat(file).isNotEqualTo(RIGHT);

        Outcome outcome = CatalogueFile.read(file);

        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        Outcome.Refused refused = (Outcome.Refused) outcome;
        assertThat(refused.violation().reason()).isEqualTo(reason);
        assertThat(refused.line()).as(refused.message()).isBetween(line - 1, line + 1);
    }
}
