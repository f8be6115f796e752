package dev.meterbook.pricing.domain;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one call adds to running quantities. Kinds that one rule counts are counted one after the
 * other, so that their amounts add up to what all of them cost together. Most calls have one or two
 * rules, and their kinds follow each other; what is being counted is kept in fields until then.
 */
final class CallCounts {

    private static final int USUAL_RULES = 2;

    private final RunningQuantities running;

    /** What was counted before the key of now; the place of that one is still empty or old. */
    private Counted[] counted = new Counted[USUAL_RULES];

    private int size;

    private @Nullable VolumeKey key;
    private int place;
    private long before;
    private long added;

    CallCounts(RunningQuantities running) {
        this.running = running;
    }

    /** Counts, and answers with what was counted before. */
    long count(VolumeKey of, long quantity) {
        if (!of.equals(key)) {
            note();
            turnTo(of);
        }
        long countedBefore = before + added;
        added += quantity;
        return countedBefore;
    }

    private void note() {
        if (key != null) {
            counted[place] = new Counted(key, before, added);
        }
    }

    private void turnTo(VolumeKey next) {
        key = next;
        for (place = 0; place < size; place++) {
            if (counted[place].key().equals(next)) {
                before = counted[place].before();
                added = counted[place].quantity();
                return;
            }
        }
        before = running.before(next);
        added = 0;
        if (size == counted.length) {
            counted = Arrays.copyOf(counted, 2 * size);
        }
        size++;
    }

    RunningQuantities running() {
        return running;
    }

    List<Counted> all() {
        note();
        return List.of(size == counted.length ? counted : Arrays.copyOf(counted, size));
    }
}
