package dev.meterbook.pricing.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.meterbook.kernel.Decimals;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Rates the calls of {@code rating-vectors.json}. What is expected there was worked out case by
 * case, apart from this program.
 */
class RatingVectorsTest {

    @TestFactory
    Stream<DynamicTest> every_vector_is_met() throws IOException {
        JsonNode vectors;
        try (InputStream file = getClass().getResourceAsStream("/rating-vectors.json")) {
            vectors = JsonMapper.builder().build().readTree(Objects.requireNonNull(file));
        }
        Rater rater = new Rater(VectorBook.read(vectors.get("book")).current());
        assertThat(vectors.get("cases")).hasSizeGreaterThanOrEqualTo(40);
        return StreamSupport.stream(vectors.get("cases").spliterator(), false)
                .map(
                        each ->
                                DynamicTest.dynamicTest(
                                        each.get("name").asText(), () -> check(rater, each)));
    }

    private static void check(Rater rater, JsonNode vector) {
        CallFacts call = VectorBook.call(vector.get("call"));
        JsonNode expected = vector.get("expected");
        Breakdown breakdown = rater.explain(call);
        assertThat(breakdown.rating()).isEqualTo(rater.rate(call));
        switch (breakdown.rating()) {
            case Rating.Unpriced unpriced -> checkUnpriced(unpriced, expected);
            case Rating.Rated rated -> {
                checkRated(rated, expected);
                checkLines(breakdown, rated);
            }
        }
    }

    private static void checkUnpriced(Rating.Unpriced unpriced, JsonNode expected) {
        assertThat(unpriced.reason().name()).isEqualTo(expected.path("unpriced").asText());
        assertThat(unpriced.leaf() == null ? "" : unpriced.leaf().id())
                .isEqualTo(expected.path("leaf").asText());
    }

    private static void checkRated(Rating.Rated rated, JsonNode expected) {
        assertThat(expected.has("unpriced")).isFalse();
        assertThat(rated.source().contract()).isEqualTo(expected.get("contract").asText());
        assertThat(rated.source().version()).isEqualTo(expected.get("version").asText());
        assertThat(rated.source().currency().code()).isEqualTo(expected.get("currency").asText());
        assertThat(rated.plan()).isEqualTo(expected.get("plan").asText());
        assertThat(Decimals.plain(rated.billedCost())).isEqualTo(expected.get("billed").asText());
        assertThat(Decimals.plain(rated.charge())).isEqualTo(expected.get("charge").asText());
        assertThat(rated.listCost() == null ? "" : Decimals.plain(rated.listCost()))
                .isEqualTo(expected.path("list").asText());
    }

    private static void checkLines(Breakdown breakdown, Rating.Rated rated) {
        assertThat(
                        breakdown.lines().stream()
                                .map(Breakdown.Line::amount)
                                .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(rated.billedCost());
        assertThat(
                        breakdown.lines().stream()
                                .map(Breakdown.Line::charge)
                                .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(rated.charge());
    }
}
