package dev.meterbook.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class QuantitiesTest {

    @Test
    void leaves_out_what_was_not_consumed_and_keeps_the_order_of_kinds() {
        Quantities quantities =
                Quantities.of(Map.of(Leaf.OUTPUT, 7L, Leaf.INPUT, 5L, Leaf.INPUT_CACHE_READ, 0L));

        assertThat(quantities.toString()).isEqualTo("{input=5, output=7}");
        assertThat(quantities.amountOf(Leaf.INPUT_CACHE_READ)).isZero();
    }

    @Test
    void derives_totals_from_its_parts() {
        Quantities quantities =
                Quantities.builder()
                        .add(Leaf.INPUT, 100)
                        .add(Leaf.INPUT_CACHE_READ, 30)
                        .add(Leaf.INPUT_CACHE_WRITE_1H, 20)
                        .add(Leaf.OUTPUT_TEXT, 9)
                        .add(Leaf.OUTPUT_REASONING, 4)
                        .add(Leaf.WEB_SEARCH, 2)
                        .build();

        assertThat(quantities.inputTokens()).isEqualTo(150);
        assertThat(quantities.cacheReadTokens()).isEqualTo(30);
        assertThat(quantities.cacheWriteTokens()).isEqualTo(20);
        assertThat(quantities.outputTokens()).isEqualTo(13);
    }

    @Test
    void refuses_negative_and_absurd_amounts() {
        assertThatThrownBy(() -> Quantities.builder().add(Leaf.INPUT, -1))
                .hasMessage("input: -1 (expected: 0 to 1000000000000)");
        assertThatThrownBy(
                        () ->
                                Quantities.builder()
                                        .add(Leaf.INPUT, 1_000_000_000_000L)
                                        .add(Leaf.INPUT, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void the_order_of_adding_does_not_matter(
            @ForAll @LongRange(min = 0, max = 1_000_000) long input,
            @ForAll @LongRange(min = 0, max = 1_000_000) long output) {
        assertThat(Quantities.builder().add(Leaf.INPUT, input).add(Leaf.OUTPUT, output).build())
                .isEqualTo(
                        Quantities.builder()
                                .add(Leaf.OUTPUT, output)
                                .add(Leaf.INPUT, input)
                                .build());
    }

    @Test
    void every_kind_can_be_found_by_code_and_name() {
        for (Leaf leaf : Leaf.values()) {
            assertThat(Leaf.ofCode(leaf.code())).contains(leaf);
            assertThat(Leaf.ofId(leaf.id())).contains(leaf);
        }
        assertThat(Leaf.ofCode(0)).isEmpty();
        assertThat(Leaf.ofCode(-1)).isEmpty();
        assertThat(Leaf.ofCode(10_000)).isEmpty();
        assertThat(Leaf.ofId("input_cache_read")).contains(Leaf.INPUT_CACHE_READ);
    }
}
