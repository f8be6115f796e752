package dev.meterbook.platform.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GatheringTest {

    private final Gathering gathering = new Gathering(5_000, Duration.ofMillis(100));

    @Test
    void rests_until_enough_came_at_the_present_rate() {
        gathering.add(2_000);
        gathering.add(1_000);

        assertThat(gathering.after(Duration.ofMillis(40), Duration.ofMillis(20)))
                .isBetween(Duration.ofMillis(46), Duration.ofMillis(47));
    }

    @Test
    void does_not_rest_when_enough_came_while_the_page_was_written() {
        gathering.add(5_000);

        assertThat(gathering.after(Duration.ofMillis(50), Duration.ofMillis(60)))
                .isEqualTo(Duration.ZERO);
    }

    @Test
    void does_not_wait_for_what_comes_slowly() {
        gathering.add(1_000);

        assertThat(gathering.after(Duration.ofMillis(50), Duration.ofMillis(6)))
                .isEqualTo(Duration.ofMillis(3));
    }

    @Test
    void a_page_that_a_stall_made_large_changes_nothing() {
        gathering.add(20_000);

        assertThat(gathering.after(Duration.ofSeconds(1), Duration.ofMillis(100)))
                .isEqualTo(Duration.ofMillis(8));
    }

    @Test
    void where_nothing_came_it_does_not_wait() {
        assertThat(gathering.after(Duration.ofSeconds(1), Duration.ofMillis(2)))
                .isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void counts_anew_behind_each_page() {
        gathering.add(1_000_000_000);
        var _ = gathering.behind(Duration.ofMillis(1));

        assertThat(gathering.after(Duration.ofMillis(1), Duration.ofMillis(4)))
                .isEqualTo(Duration.ofMillis(2));
    }
}
