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

    private long restMillis(long tookMillis) {
        return gathering.rest(Duration.ofMillis(tookMillis)).toMillis();
    }

    private void pass(long millis) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void rests_briefly_while_events_are_not_full() {
        for (int second = 0; second < 60; second++) {
            pass(1_000);
            page(999, 400);
            assertThat(restMillis(4)).isEqualTo(2);
            assertThat(restMillis(80)).isEqualTo(8);
        }
    }

    @Test
    void rests_briefly_behind_a_stall() {
        pass(10_000);
        page(250);
        pass(500);
        page(1_000, 1_000, 300);
        assertThat(restMillis(80)).isEqualTo(8);

        pass(400);
        page(1_000, 20);
        assertThat(restMillis(80)).isEqualTo(8);
    }

    @Test
    void rests_for_long_when_every_page_of_a_second_had_a_full_event() {
        page(250);
        pass(1_000);
        page(1_000, 1_000, 300);
        assertThat(restMillis(4)).isEqualTo(400);
        assertThat(restMillis(80)).isEqualTo(400);

        page(999);
        assertThat(restMillis(4)).isEqualTo(2);
    }
}
