package dev.meterbook.allocation.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.allocation.domain.CallDimensions;
import dev.meterbook.allocation.domain.RatedCall;
import dev.meterbook.allocation.domain.Rating;
import dev.meterbook.allocation.domain.RatingKind;
import dev.meterbook.allocation.domain.Tokens;
import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The roll-up gathers calls only where they have come faster than they are taken for a while. */
class GatheringTest {

    private static final RatedCall CALL =
            new RatedCall(
                    1,
                    Instant.EPOCH,
                    new CallDimensions("acme", "", "", "", "app", "", "", "openai", "gpt-5"),
                    new Tokens(1, 0, 0, 1, 0),
                    new Rating.Unpriced());

    private long nanos = -5;
    private final Gathering gathering = new Gathering(() -> nanos);

    private void page(int... callsOfEvents) {
        gathering.page(
                Arrays.stream(callsOfEvents)
                        .mapToObj(
                                calls ->
                                        new RatedBatch(
                                                event(),
                                                0,
                                                RatingKind.INITIAL,
                                                Collections.nCopies(calls, CALL)))
                        .toList());
    }

    private static StoredEvent event() {
        return new StoredEvent(
                0,
                1,
                "",
                new UUID(0, 1),
                EventType.of("pricing.UsageRated"),
                null,
                -1,
                Instant.EPOCH,
                new byte[0],
                null);
    }

    /** The rest behind a page that ends some time after the last one did. */
    private long restMillis(long laterMillis, long tookMillis, int... callsOfEvents) {
        nanos += TimeUnit.MILLISECONDS.toNanos(laterMillis);
        page(callsOfEvents);
        return gathering.rest(Duration.ofMillis(tookMillis)).toMillis();
    }

    private long restMillisAtFullLoad(long laterMillis, long tookMillis, int... callsOfEvents) {
        long _ = restMillis(1_000, 50, 250);
        for (int second = 0; second < 3; second++) {
            long _ = restMillis(1_000, 50, 1_000);
        }
        return restMillis(laterMillis, tookMillis, callsOfEvents);
    }

    @Test
    void rests_briefly_while_events_are_not_full() {
        for (int second = 0; second < 60; second++) {
            assertThat(restMillis(500, 4, 999, 400)).isEqualTo(2);
            assertThat(restMillis(500, 80, 400)).isEqualTo(8);
        }
    }

    @Test
    void rests_briefly_behind_a_stall() {
        assertThat(restMillis(10_000, 4, 250)).isEqualTo(2);
        assertThat(restMillis(500, 80, 1_000, 1_000, 300)).isEqualTo(8);
        assertThat(restMillis(400, 80, 1_000, 20)).isEqualTo(8);
    }

    @Test
    void rests_until_sixteen_thousand_calls_have_come_at_full_load() {
        assertThat(restMillisAtFullLoad(200, 50, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000))
                .isEqualTo(400); // the limit
        assertThat(restMillis(100, 50, 1_000, 1_000, 1_000, 1_000)).isEqualTo(350);
        assertThat(restMillis(200, 80, 1_000, 1_000, 1_000, 1_000, 6_000, 6_000)).isEqualTo(120);
    }

    @Test
    void rests_briefly_at_full_load_when_a_page_has_enough() {
        assertThat(restMillisAtFullLoad(100, 150, 16_000)).isEqualTo(8);
    }

    @Test
    void ends_to_gather_with_the_first_page_that_has_no_full_event() {
        assertThat(restMillisAtFullLoad(200, 50, 1_000)).isEqualTo(400);
        assertThat(restMillis(400, 4, 999)).isEqualTo(2);
    }
}
