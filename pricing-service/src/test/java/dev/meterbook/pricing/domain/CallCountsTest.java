package dev.meterbook.pricing.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CallCountsTest {

    private static final VolumeKey ONE = new VolumeKey("contract", "one", 0);
    private static final VolumeKey TWO = new VolumeKey("contract", "two", 0);
    private static final VolumeKey THREE = new VolumeKey("contract", "three", 0);

    private static final Map<VolumeKey, Long> BEFORE = Map.of(ONE, 100L, TWO, 20L, THREE, 3L);

    private final CallCounts counts = new CallCounts(key -> BEFORE.getOrDefault(key, 0L));

    @Test
    void kindsOfARuleAreCountedOneAfterTheOther() {
        assertThat(counts.count(ONE, 7)).isEqualTo(100);
        assertThat(counts.count(ONE, 5)).isEqualTo(107);
        assertThat(counts.all()).containsExactly(new Counted(ONE, 100, 12));
    }

    @Test
    void rulesThatTakeTurnsGoOnWhereTheyWere() {
        assertThat(counts.count(ONE, 7)).isEqualTo(100);
        assertThat(counts.count(TWO, 1)).isEqualTo(20);
        assertThat(counts.count(ONE, 5)).isEqualTo(107);
        assertThat(counts.count(THREE, 4)).isEqualTo(3);
        assertThat(counts.count(TWO, 2)).isEqualTo(21);
        assertThat(counts.all())
                .containsExactly(
                        new Counted(ONE, 100, 12),
                        new Counted(TWO, 20, 3),
                        new Counted(THREE, 3, 4));
        assertThat(counts.count(THREE, 1)).isEqualTo(7);
        assertThat(counts.all()).last().isEqualTo(new Counted(THREE, 3, 5));
    }

    @Test
    void nothingCountedIsAnEmptyList() {
        assertThat(counts.all()).isEmpty();
    }
}
