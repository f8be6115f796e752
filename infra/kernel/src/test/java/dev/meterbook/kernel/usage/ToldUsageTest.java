package dev.meterbook.kernel.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.kernel.JsonText;
import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Violation;
import dev.meterbook.kernel.usage.TokenCounts.Convention;
import dev.meterbook.kernel.usage.ToldUsage.LeafCount;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The forms in which usage is told, which of them go together, and what they come to. */
class ToldUsageTest {

    private static final TokenCounts TOTALS =
            new TokenCounts(Convention.INCLUSIVE, 100, 20, 60, 0, 0, 0, 5, 0, 0);

    private static final Map<String, Object> CHAT =
            Map.of(
                    "model",
                    "m",
                    "usage",
                    Map.of(
                            "prompt_tokens", 100,
                            "prompt_tokens_details", Map.of("cached_tokens", 60),
                            "completion_tokens", 20));

    private static Reading chat() {
        return new ReportedBody("openai", "chat", "{}").read(_ -> new JsonText.Tree(CHAT));
    }

    private static LeafCount count(Leaf leaf, long quantity) {
        return new LeafCount(leaf.code(), quantity);
    }

    private static String reason(ToldUsage usage) {
        Violation violation = usage.violation();
        return violation == null ? "none" : violation.reason();
    }

    private static String refusal(ReportedBody body, @Nullable Object tree) {
        return body.read(_ -> new JsonText.Tree(tree)) instanceof Reading.Refused(Violation why)
                ? why.reason() + " " + why.message()
                : "taken";
    }

    @Test
    void totals_a_body_and_other_units_come_to_disjoint_leaves() {
        assertThat(new ToldUsage(TOTALS, List.of(count(Leaf.IMAGE, 2)), null).normalised())
                .hasToString(
                        "{input=40, input_cache_read=60, output=15, output_reasoning=5, image=2}");
        assertThat(new ToldUsage(null, List.of(count(Leaf.WEB_SEARCH, 1)), chat()).normalised())
                .hasToString("{input=40, input_cache_read=60, output=20, web_search=1}");
        assertThat(new ToldUsage(null, List.of(count(Leaf.INPUT, 7)), null).normalised())
                .hasToString("{input=7}");
    }

    @Test
    void what_would_count_a_token_twice_is_refused() {
        assertThat(reason(ToldUsage.NOTHING)).isEqualTo("USAGE_MISSING");
        assertThat(reason(new ToldUsage(TOTALS, List.of(), chat()))).isEqualTo("TOKENS_AND_BODY");
        assertThat(reason(new ToldUsage(TOTALS, List.of(count(Leaf.OUTPUT, 1)), null)))
                .isEqualTo("TOKENS_AND_QUANTITIES");
        assertThat(reason(new ToldUsage(null, List.of(count(Leaf.OUTPUT, 1)), chat())))
                .isEqualTo("DUPLICATE_LEAF");
        assertThat(
                        reason(
                                new ToldUsage(
                                        null,
                                        List.of(count(Leaf.IMAGE, 1), count(Leaf.IMAGE, 1)),
                                        null)))
                .isEqualTo("DUPLICATE_LEAF");
        assertThat(reason(new ToldUsage(null, List.of(count(Leaf.INPUT, 1_000_000_001)), null)))
                .isEqualTo("COUNT_TOO_LARGE");
    }

    @Test
    void counts_that_are_large_together_but_not_alone_are_taken() {
        TokenCounts large =
                new TokenCounts(
                        Convention.EXCLUSIVE, 1_000_000_000, 1_000_000_000, 73, 0, 0, 0, 0, 0, 0);
        assertThat(reason(new ToldUsage(large, List.of(), null))).isEqualTo("none");
    }

    @Test
    void a_body_is_refused_with_its_place_in_the_call() {
        ReportedBody chat = new ReportedBody("openai", "chat", "{}");
        assertThat(refusal(chat, CHAT)).isEqualTo("taken");
        assertThat(refusal(chat, List.of()))
                .isEqualTo(
                        "MALFORMED_BODY usage.provider_usage.json: another value (expected: an"
                                + " object)");
        assertThat(refusal(chat, null)).startsWith("MALFORMED_BODY");
        assertThat(refusal(chat, Map.of("usage", Map.of("prompt_tokens", -3))))
                .isEqualTo(
                        "NEGATIVE_COUNT usage.provider_usage.json/usage/prompt_tokens: -3"
                                + " (expected: 0 to 1000000000)");
        assertThat(refusal(new ReportedBody("nobody", "chat", "{}"), CHAT))
                .isEqualTo(
                        "UNKNOWN_FLAVOR usage.provider_usage.flavor: nobody chat (expected: a"
                                + " provider whose bodies are known)");
        assertThat(refusal(new ReportedBody("openai", "chat", "é".repeat(32_769)), CHAT))
                .startsWith("BODY_TOO_LARGE usage.provider_usage.json: 32769 characters");
    }
}
