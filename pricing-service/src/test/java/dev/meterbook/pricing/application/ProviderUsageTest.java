package dev.meterbook.pricing.application;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.meterbook.pricing.application.CatalogueFile.Outcome;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Real answers of providers with the usage and the prices that another project reads from them.
 * They are kept outside of the repository; where they are missing, {@link QuoteLinesTest} covers
 * the same ground with answers of our own.
 */
class ProviderUsageTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Path DATA = Path.of("../../shared/data").toAbsolutePath().normalize();

    /** When the other project lets its calls happen; see decision 0017. */
    private static final String PRICED_AT = "2025-11-06T12:00:00Z";

    /** When the collection was made. */
    private static final String MADE_AT = "2026-08-21T20:02:24Z";

    private int priced;
    private int unpriced;
    private final List<String> differences = new ArrayList<>();

    @Test
    void every_reading_of_every_body_has_the_expected_usage_and_price() throws IOException {
        if (isMissing()) {
            return;
        }

        quoteAll(PRICED_AT);

        assertThat(differences).isEmpty();
        assertThat(priced).isEqualTo(1_355);
        assertThat(unpriced).isEqualTo(6_152);
    }

    @Test
    void later_prices_differ_only_where_the_catalogue_says_so() throws IOException {
        if (isMissing()) {
            return;
        }

        quoteAll(MADE_AT);

        assertThat(differences)
                .hasSize(4)
                .allMatch(each -> each.contains("gpt-5.6-luna") || each.contains("deepseek-r1"));
    }

    private static boolean isMissing() {
        boolean isMissing = !Files.isDirectory(DATA);
        if (isMissing) {
            System.out.println("No shared data, so provider usage is not compared: " + DATA);
        }
        return isMissing;
    }

    private void quoteAll(String occurTime) throws IOException {
        Outcome file =
                CatalogueFile.read(Files.readString(DATA.resolve("prices/genai-prices-v2.json")));
        QuoteLines quotes = new QuoteLines((Outcome.Read) file, Instant.parse(occurTime));
        JsonNode entries = JSON.readTree(DATA.resolve("provider-usage/usages.json").toFile());
        for (JsonNode entry : entries) {
            for (JsonNode reading : entry.path("extracted")) {
                for (JsonNode extractor : reading.path("extractors")) {
                    compare(quotes, entry.path("body"), reading.path("usage"), extractor);
                }
            }
        }
    }

    private void compare(QuoteLines quotes, JsonNode body, JsonNode usage, JsonNode expected)
            throws IOException {
        ObjectNode line = JSON.createObjectNode();
        line.set("provider_id", expected.path("provider_id"));
        line.set("api_flavor", expected.path("api_flavor"));
        line.set("body", body);
        JsonNode got = JSON.readTree(quotes.answer(line.toString()).json());
        boolean isSame =
                usage.equals(got.path("usage"))
                        && (expected.has("input_price")
                                ? isSamePrice(expected, got)
                                : got.has("unpriced"));
        if (!isSame) {
            differences.add(expected + " <> " + got + " of " + body);
        }
        priced += got.has("input_price") ? 1 : 0;
        unpriced += got.has("unpriced") ? 1 : 0;
    }

    private static boolean isSamePrice(JsonNode expected, JsonNode got) {
        BigDecimal input = new BigDecimal(expected.path("input_price").asText());
        BigDecimal output = new BigDecimal(expected.path("output_price").asText());
        String total = expected.path("total_price").asText(input.add(output).toPlainString());
        return isPlain(input, got.path("input_price"))
                && isPlain(output, got.path("output_price"))
                && isPlain(new BigDecimal(total), got.path("total_price"));
    }

    private static boolean isPlain(BigDecimal expected, JsonNode got) {
        String plain = expected.signum() == 0 ? "0" : expected.stripTrailingZeros().toPlainString();
        return plain.equals(got.asText());
    }
}
