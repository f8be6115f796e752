package dev.meterbook.kernel.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class UsageReadingTest {

    private static Reading read(String provider, String flavor, Map<String, Object> body) {
        return UsageFlavors.own().find(provider, flavor).orElseThrow().read(body);
    }

    private static Quantities quantities(Reading reading) {
        return ((Reading.Read) reading).quantities();
    }

    private static Reading totals(Map<UsageUnit, Integer> counts) {
        UsageTotals totals = new UsageTotals();
        counts.forEach((unit, count) -> totals.add(unit, unit.key(), count));
        return totals.read(null, Reading.Completeness.COMPLETE);
    }

    @Test
    void every_billable_unit_has_a_kind_of_its_own() {
        assertThat(UsageUnit.values()).hasSize(59);
        assertThat(List.of(UsageUnit.values()).stream().map(UsageUnit::leaf))
                .doesNotHaveDuplicates();
        assertThat(UsageUnit.ofKey("cache_text_read_tokens").map(UsageUnit::leaf))
                .contains(Leaf.INPUT_CACHE_READ_TEXT);
        assertThat(UsageUnit.AUDIO_SECONDS.per()).isEqualTo(3_600_000);
    }

    @Test
    void a_total_that_leaves_cached_tokens_out_is_put_together() {
        Reading reading =
                read(
                        "anthropic",
                        "messages",
                        Map.of(
                                "model",
                                "bard",
                                "usage",
                                Map.of(
                                        "input_tokens", 10,
                                        "cache_read_input_tokens", 300,
                                        "cache_creation_input_tokens", 20,
                                        "cache_creation", Map.of("ephemeral_1h_input_tokens", 20),
                                        "output_tokens", 5)));

        assertThat(quantities(reading).toString())
                .isEqualTo("{input=10, input_cache_read=300, input_cache_write_1h=20, output=5}");
        assertThat(((Reading.Read) reading).totals())
                .containsEntry(UsageUnit.INPUT_TOKENS, 330L)
                .containsEntry(UsageUnit.CACHE_WRITE_TOKENS, 20L);
    }

    @Test
    void parts_that_are_more_than_their_total_overlap_in_text_first() {
        assertThat(
                        quantities(
                                        totals(
                                                Map.of(
                                                        UsageUnit.INPUT_TOKENS, 100,
                                                        UsageUnit.INPUT_TEXT_TOKENS, 70,
                                                        UsageUnit.INPUT_AUDIO_TOKENS, 30,
                                                        UsageUnit.CACHE_READ_TOKENS, 80)))
                                .toString())
                .isEqualTo("{input_audio=20, input_cache_read_text=70, input_cache_read_audio=10}");
    }

    @Test
    void an_overlap_that_was_told_is_not_made_larger() {
        Reading reading =
                totals(
                        Map.of(
                                UsageUnit.INPUT_TOKENS, 100,
                                UsageUnit.INPUT_TEXT_TOKENS, 100,
                                UsageUnit.CACHE_READ_TOKENS, 80,
                                UsageUnit.CACHE_TEXT_READ_TOKENS, 30));

        assertThat(reading).isInstanceOf(Reading.Refused.class);
        assertThat(((Reading.Refused) reading).violation().message())
                .isEqualTo("input_tokens: 100 (expected: at least the 150 of its parts)");
    }

    @Test
    void contradictions_are_refused_with_their_reason_and_place() {
        assertThat(
                        read(
                                "openai",
                                "responses",
                                Map.of(
                                        "usage",
                                        Map.of(
                                                "input_tokens", 1,
                                                "output_tokens", 5,
                                                "output_tokens_details",
                                                        Map.of("reasoning_tokens", 6)))))
                .isInstanceOfSatisfying(
                        Reading.Refused.class,
                        refused -> {
                            assertThat(refused.violation().reason())
                                    .isEqualTo("REASONING_ABOVE_OUTPUT");
                            assertThat(refused.violation().field())
                                    .isEqualTo("usage/output_tokens");
                        });
    }

    @Test
    void a_stream_that_was_cut_off_is_kept_and_marked() {
        Reading reading = read("bedrock", "converse", Map.of("usage", Map.of("inputTokens", 12)));

        assertThat(quantities(reading).amountOf(Leaf.INPUT)).isEqualTo(12);
        assertThat(((Reading.Read) reading).completeness()).isEqualTo(Reading.Completeness.PARTIAL);
    }

    @Test
    void parts_of_a_second_are_milliseconds() {
        UsageTotals totals = new UsageTotals();
        totals.add(UsageUnit.INPUT_AUDIO_SECONDS, "s", new BigDecimal("12.345"));
        assertThat(quantities(totals.read(null, Reading.Completeness.COMPLETE)).toString())
                .isEqualTo("{input_audio_millisecond=12345}");

        UsageTotals finer = new UsageTotals();
        finer.add(UsageUnit.INPUT_AUDIO_SECONDS, "s", new BigDecimal("0.0001"));
        assertThat(finer.read(null, Reading.Completeness.COMPLETE))
                .isInstanceOf(Reading.Refused.class);
    }

    @Test
    void names_match_in_any_spelling() {
        TextMatch match =
                new TextMatch.AnyOf(
                        List.of(
                                new TextMatch.StartsWith("Vendor/"),
                                new TextMatch.AllOf(
                                        List.of(
                                                new TextMatch.EndsWith("-X"),
                                                new TextMatch.Regex("^[a-c]")))));

        assertThat(match.matches("vendor/one")).isTrue();
        assertThat(match.matches("B-x")).isTrue();
        assertThat(match.matches("d-x")).isFalse();
        assertThat(match).hasToString("Vendor/* or (*-X and /^[a-c]/)");
    }

    /** Any disjoint counts, added up to totals, are found again. */
    @Property
    void leaves_sum_to_totals_and_totals_give_the_leaves_back(
            @ForAll @Size(59) List<@LongRange(min = 0, max = 1_000) Long> counts) {
        Map<Leaf, Long> leaves = new EnumMap<>(Leaf.class);
        UsageTotals totals = new UsageTotals();
        for (UsageUnit unit : UsageUnit.values()) {
            leaves.put(unit.leaf(), counts.get(leaves.size()));
        }
        for (UsageUnit unit : UsageUnit.values()) {
            long total =
                    leaves.entrySet().stream()
                            .filter(each -> unit.leaf().contains(each.getKey()))
                            .mapToLong(Map.Entry::getValue)
                            .sum();
            totals.addCount(unit, unit.key(), total);
        }

        Reading reading = totals.read(null, Reading.Completeness.COMPLETE);

        assertThat(quantities(reading)).isEqualTo(Quantities.of(leaves));
    }
}
