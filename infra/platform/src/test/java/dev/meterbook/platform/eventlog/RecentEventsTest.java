package dev.meterbook.platform.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecentEventsTest {

    private static final EventType NOTED = EventType.of("ledger.Noted");

    private final RecentEvents recent = new RecentEvents();

    private void add(long from, long to) {
        add(from, to, new byte[] {1});
    }

    private void add(long from, long to, byte[] payload) {
        recent.add(
                LongStream.rangeClosed(from, to)
                        .mapToObj(
                                position ->
                                        new StoredEvent(
                                                0,
                                                position,
                                                "acme",
                                                new UUID(0, position),
                                                NOTED,
                                                null,
                                                -1,
                                                Instant.EPOCH,
                                                payload,
                                                null))
                        .toList());
    }

    private List<Long> read(long after, int limit) {
        return recent.read(after, limit).stream().map(StoredEvent::position).toList();
    }

    @Test
    void gives_consecutive_events_after_a_position() {
        add(1, 3);
        add(4, 6);

        assertThat(read(0, 10)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(read(2, 2)).containsExactly(3L, 4L);
        assertThat(read(5, 10)).containsExactly(6L);
    }

    @Test
    void gives_nothing_if_the_next_event_is_not_held() {
        assertThat(read(0, 10)).isEmpty();

        add(11, 12);

        assertThat(read(0, 10)).isEmpty();
        assertThat(read(9, 10)).isEmpty();
        assertThat(read(10, 10)).containsExactly(11L, 12L);
        assertThat(read(12, 10)).isEmpty();
    }

    @Test
    void forgets_what_stands_before_events_of_another_process() {
        add(1, 3);

        add(6, 7);

        assertThat(read(0, 10)).isEmpty();
        assertThat(read(4, 10)).isEmpty();
        assertThat(read(5, 10)).containsExactly(6L, 7L);
    }

    @Test
    void begins_anew_when_it_is_cleared() {
        add(1, 3);

        recent.clear();

        assertThat(read(0, 10)).isEmpty();
        assertThat(read(2, 10)).isEmpty();
        add(4, 5);
        assertThat(read(3, 10)).containsExactly(4L, 5L);
        add(4, 4);
        assertThat(read(3, 10)).containsExactly(4L);
    }

    @Test
    void holds_no_more_events_than_allowed() {
        add(1, RecentEvents.MAX_EVENTS);
        assertThat(read(0, RecentEvents.MAX_EVENTS + 1)).hasSize(32_768);

        add(RecentEvents.MAX_EVENTS + 1, RecentEvents.MAX_EVENTS + 2);

        assertThat(read(1, 1)).isEmpty();
        assertThat(read(2, RecentEvents.MAX_EVENTS + 1)).hasSize(32_768).startsWith(3L);
    }

    @Test
    void holds_no_more_bytes_than_allowed() {
        byte[] large = new byte[1024 * 1024];

        add(1, 40, large);

        assertThat(read(7, 100)).isEmpty();
        assertThat(read(8, 100)).hasSize(32).startsWith(9L).endsWith(40L);
    }
}
