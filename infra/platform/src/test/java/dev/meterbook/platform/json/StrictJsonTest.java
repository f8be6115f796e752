package dev.meterbook.platform.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.kernel.JsonText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    @Test
    void a_value_becomes_a_plain_tree_without_losing_a_digit() {
        assertThat(StrictJson.parse("{\"a\": [1, 0.10, true, null, \"x\"]}"))
                .isEqualTo(
                        new JsonText.Tree(
                                Map.of(
                                        "a",
                                        Arrays.asList(
                                                1, new BigDecimal("0.10"), true, null, "x"))));
        assertThat(StrictJson.parse("[".repeat(32) + "]".repeat(32)))
                .isInstanceOf(JsonText.Tree.class);
        assertThat(StrictJson.parse("[" + "9".repeat(40) + "]"))
                .isEqualTo(new JsonText.Tree(List.of(new BigInteger("9".repeat(40)))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"a\": secret}",
                "{\"a\": 1, \"a\": 2}",
                "{} {}",
                "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
                "[99999999999999999999999999999999999999999]",
                "NaN"
            })
    void anything_else_is_malformed_and_not_repeated(String text) {
        assertThat(StrictJson.parse(text))
                .isInstanceOfSatisfying(
                        JsonText.Malformed.class,
                        malformed ->
                                assertThat(malformed.where())
                                        .startsWith("malformed")
                                        .doesNotContain("secret"));
    }
}
