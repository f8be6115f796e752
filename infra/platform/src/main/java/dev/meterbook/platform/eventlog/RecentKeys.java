package dev.meterbook.platform.eventlog;

import java.util.Arrays;
import java.util.List;

/**
 * Tells a writer which keys to look up before it appends. Nearly every key is new, and one that
 * comes again mostly comes soon: only keys that this writer appended lately are looked up. The
 * unique index stands behind that. When it has refused a batch, and at the start, every key is
 * looked up for a while, and for as long as keys of long ago keep coming again. For one thread.
 */
final class RecentKeys {

    /** Keys of one generation; the last one or two are remembered. */
    static final int GENERATION = 1 << 18;

    /** So many keys are looked up until the others are trusted to be new. */
    static final int WARY_KEYS = 100_000;

    private Generation current = new Generation();
    private Generation previous = new Generation();
    private int waryKeys = WARY_KEYS;

    /** Which of these may be in the log already. */
    List<NewEvent> toLookUp(List<NewEvent> events) {
        return waryKeys > 0
                ? events
                : events.stream().filter(event -> remembers(markOf(event))).toList();
    }

    /**
     * Learns what became of an append.
     *
     * @param events what was to be appended
     * @param answers an answer for each
     */
    void learn(List<NewEvent> events, List<AppendOutcome> answers) {
        boolean surprised = false;
        for (int i = 0; i < events.size(); i++) {
            long mark = markOf(events.get(i));
            if (answers.get(i) instanceof AppendOutcome.Recorded) {
                remember(mark);
            } else {
                surprised |= !remembers(mark);
            }
        }
        waryKeys = surprised ? WARY_KEYS : Math.max(0, waryKeys - events.size());
    }

    /**
     * The unique index refused a batch.
     *
     * @return whether it is worth another try, with every key looked up
     */
    boolean doubt() {
        boolean trusted = waryKeys == 0;
        waryKeys = WARY_KEYS;
        return trusted;
    }

    private boolean remembers(long mark) {
        return current.holds(mark) || previous.holds(mark);
    }

    private void remember(long mark) {
        if (current.size == GENERATION) {
            Generation eldest = previous;
            previous = current;
            current = eldest;
            current.clear();
        }
        current.add(mark);
    }

    /** Two keys of the same mark cost a look in vain. */
    private static long markOf(NewEvent event) {
        long mark = event.key().getMostSignificantBits() * 0x9E3779B97F4A7C15L;
        mark = (mark ^ event.key().getLeastSignificantBits()) * 0xC2B2AE3D27D4EB4FL;
        mark = (mark ^ (mark >>> 29) ^ event.tenantId().hashCode()) * 0x165667B19E3779F9L;
        return mark == 0 ? 1 : mark;
    }

    /** A set of marks, at half load; one that finds no place nearby is left out. */
    private static final class Generation {

        private static final int PLACES_LOG2 = 19;
        private static final int LONGEST_SEARCH = 32;

        private final long[] places = new long[1 << PLACES_LOG2];
        private int size;

        boolean holds(long mark) {
            return places[find(mark)] == mark;
        }

        void add(long mark) {
            int place = find(mark);
            if (places[place] == 0) {
                places[place] = mark;
            }
            size++;
        }

        /** Where the mark is, or the first free place for it, or the end of the search. */
        private int find(long mark) {
            int place = (int) (mark >>> (Long.SIZE - PLACES_LOG2));
            for (int i = 0; i < LONGEST_SEARCH; i++) {
                if (places[place] == mark || places[place] == 0) {
                    return place;
                }
                place = (place + 1) & (places.length - 1);
            }
            return place;
        }

        void clear() {
            Arrays.fill(places, 0);
            size = 0;
        }
    }
}
