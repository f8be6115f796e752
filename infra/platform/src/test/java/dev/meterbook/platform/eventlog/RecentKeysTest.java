package dev.meterbook.platform.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.platform.eventlog.AppendOutcome.Duplicate;
import dev.meterbook.platform.eventlog.AppendOutcome.Recorded;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentKeysTest {

    private static final EventType NOTED = EventType.of("ledger.Noted");
    private static final byte[] HASH = new byte[32];

    private final RecentKeys keys = new RecentKeys();

    private static NewEvent event(String tenant, long key) {
        return NewEvent.of(tenant, new UUID(0, key), NOTED, new byte[] {1});
    }

    private static List<NewEvent> events(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(key -> event("acme", key)).toList();
    }

    private void record(List<NewEvent> events) {
        keys.learn(events, Collections.nCopies(events.size(), new Recorded(0, 1, HASH)));
    }

    /** After so many keys without a surprise others are trusted to be new. */
    private void trust() {
        record(events(-100_000, 100_000));
    }

    @Test
    void has_every_key_looked_up_at_first() {
        List<NewEvent> fresh = events(0, 3);
        record(events(-100_000, 99_999));
        assertThat(keys.toLookUp(fresh)).isEqualTo(fresh);

        record(events(-1, 1));

        assertThat(keys.toLookUp(fresh)).isEmpty();
    }

    @Test
    void has_keys_looked_up_that_were_appended_lately() {
        trust();
        record(events(0, 10));

        List<NewEvent> again = new ArrayList<>(events(8, 4));
        again.add(event("beta", 9));

        assertThat(keys.toLookUp(again))
                .extracting(NewEvent::key)
                .containsExactly(new UUID(0, 8), new UUID(0, 9));
    }

    @Test
    void remembers_a_whole_generation_and_forgets_at_last() {
        record(events(0, RecentKeys.GENERATION));
        record(events(RecentKeys.GENERATION, RecentKeys.GENERATION));

        assertThat(keys.toLookUp(events(0, 2 * RecentKeys.GENERATION)))
                .hasSizeGreaterThan(2 * RecentKeys.GENERATION * 99 / 100);

        record(events(2 * RecentKeys.GENERATION, RecentKeys.GENERATION));

        assertThat(keys.toLookUp(events(0, RecentKeys.GENERATION))).isEmpty();
        assertThat(keys.toLookUp(events(RecentKeys.GENERATION, 1_000))).hasSize(1_000);
    }

    @Test
    void has_every_key_looked_up_after_the_index_refused_one() {
        trust();
        List<NewEvent> fresh = events(0, 3);

        assertThat(keys.doubt()).isTrue();

        assertThat(keys.toLookUp(fresh)).isEqualTo(fresh);
        assertThat(keys.doubt()).isFalse();
    }

    @Test
    void goes_on_looking_up_while_keys_of_long_ago_come_again() {
        record(events(-100_000, 99_999));
        keys.learn(events(7, 1), List.of(new Duplicate(0, 1)));

        assertThat(keys.toLookUp(events(8, 1))).hasSize(1);
    }

    @Test
    void is_not_surprised_by_what_it_remembers_or_by_a_batch_that_says_it_twice() {
        record(events(0, 99_999));
        keys.learn(
                List.of(event("acme", 7), event("acme", 500_000), event("acme", 500_000)),
                List.of(new Duplicate(0, 1), new Recorded(0, 2, HASH), new Duplicate(0, 2)));

        assertThat(keys.toLookUp(events(600_000, 1))).isEmpty();
    }
}
