package dev.meterbook.kernel.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;
import dev.meterbook.kernel.usage.TokenCounts.Convention;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Whatever the provider's way of counting: no token is lost and none is counted twice. */
class TokenCountsTest {

    @Test
    void takes_the_parts_out_of_an_inclusive_total() {
        TokenCounts counts =
                new TokenCounts(Convention.INCLUSIVE, 1_000, 200, 600, 10, 20, 30, 50, 40, 5);
        assertThat(leaves(counts))
                .hasToString(
                        "{input=300, input_audio=40, input_cache_read=600, input_cache_write=10,"
                                + " input_cache_write_5m=20, input_cache_write_1h=30, output=145,"
                                + " output_audio=5, output_reasoning=50}");
    }

    @Test
    void leaves_an_exclusive_input_as_it_is() {
        TokenCounts counts =
                new TokenCounts(Convention.EXCLUSIVE, 1_000, 200, 600, 10, 20, 30, 50, 40, 5);
        assertThat(leaves(counts))
                .hasToString(
                        "{input=960, input_audio=40, input_cache_read=600, input_cache_write=10,"
                                + " input_cache_write_5m=20, input_cache_write_1h=30, output=145,"
                                + " output_audio=5, output_reasoning=50}");
    }

    @Test
    void stores_no_zero() {
        assertThat(leaves(new TokenCounts(Convention.INCLUSIVE, 0, 0, 0, 0, 0, 0, 0, 0, 0)))
                .isEqualTo(Quantities.NONE);
    }

    @Property
    void leaves_sum_to_the_inclusive_totals(
            @ForAll @LongRange(max = 100_000_000) long uncached,
            @ForAll @LongRange(max = 100_000_000) long read,
            @ForAll @LongRange(max = 100_000_000) long written,
            @ForAll @LongRange(max = 100_000_000) long audio,
            @ForAll @LongRange(max = 100_000_000) long reasoning,
            @ForAll @LongRange(max = 100_000_000) long said) {
        long input = uncached + audio + read + written + 2 * written;
        TokenCounts counts =
                new TokenCounts(
                        Convention.INCLUSIVE,
                        input,
                        said + reasoning,
                        read,
                        written,
                        written,
                        written,
                        reasoning,
                        audio,
                        said / 2);
        Quantities leaves = leaves(counts);
        assertThat(leaves.inputTokens()).isEqualTo(input);
        assertThat(leaves.outputTokens()).isEqualTo(said + reasoning);
        assertThat(leaves.cacheReadTokens()).isEqualTo(read);
        assertThat(leaves.cacheWriteTokens()).isEqualTo(3 * written);
        assertThat(leaves.amountOf(Leaf.INPUT)).isEqualTo(uncached);
        assertThat(leaves.amountOf(Leaf.OUTPUT)).isEqualTo(said - said / 2);
    }

    @Property
    void both_conventions_give_the_same_leaves_for_the_same_call(
            @ForAll @LongRange(max = 100_000_000) long uncached,
            @ForAll @LongRange(max = 100_000_000) long read,
            @ForAll @LongRange(max = 100_000_000) long written,
            @ForAll @LongRange(max = 100_000_000) long output) {
        TokenCounts inclusive =
                new TokenCounts(
                        Convention.INCLUSIVE,
                        uncached + read + written,
                        output,
                        read,
                        0,
                        written,
                        0,
                        0,
                        0,
                        0);
        TokenCounts exclusive =
                new TokenCounts(
                        Convention.EXCLUSIVE, uncached, output, read, 0, written, 0, 0, 0, 0);
        assertThat(leaves(inclusive)).isEqualTo(leaves(exclusive));
    }

    @Property
    void any_counts_are_either_refused_or_split_without_loss(
            @ForAll Convention convention,
            @ForAll @LongRange(min = -5, max = 20) long input,
            @ForAll @LongRange(min = -5, max = 20) long output,
            @ForAll @LongRange(min = -5, max = 20) long read,
            @ForAll @LongRange(min = -5, max = 20) long written,
            @ForAll @LongRange(min = -5, max = 20) long reasoning,
            @ForAll @LongRange(min = -5, max = 20) long audio) {
        TokenCounts counts =
                new TokenCounts(
                        convention, input, output, read, 0, written, 0, reasoning, audio, audio);
        if (counts.violation() == null) {
            long cached = convention == Convention.EXCLUSIVE ? read + written : 0;
            assertThat(split(counts).inputTokens()).isEqualTo(input + cached);
            assertThat(split(counts).outputTokens()).isEqualTo(output);
        } else if (convention == Convention.EXCLUSIVE) {
            assertThat(
                            input < audio
                                    || output < reasoning + audio
                                    || read < 0
                                    || written < 0
                                    || audio < 0
                                    || reasoning < 0)
                    .isTrue();
        }
    }

    private static Quantities leaves(TokenCounts counts) {
        assertThat(counts.violation()).isNull();
        return split(counts);
    }

    private static Quantities split(TokenCounts counts) {
        Quantities.Builder leaves = Quantities.builder();
        counts.addTo(leaves);
        return leaves.build();
    }
}
