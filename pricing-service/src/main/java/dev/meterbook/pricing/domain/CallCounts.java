package dev.meterbook.pricing.domain;

import java.util.Arrays;
import java.util.List;

/**
 * What one call adds to running quantities. Kinds that one rule counts are counted one after the
 * other, so that their amounts add up to what all of them cost together. Most calls have one or two
 * rules, so there are arrays and no objects between.
 */
final class CallCounts {

    private static final int USUAL_RULES = 2;

    private final RunningQuantities running;
    private VolumeKey[] keys = new VolumeKey[USUAL_RULES];
    private long[] before = new long[USUAL_RULES];
    private long[] added = new long[USUAL_RULES];
    private int size;

    CallCounts(RunningQuantities running) {
        this.running = running;
    }

    /** Counts, and answers with what was counted before. */
    long count(VolumeKey key, long quantity) {
        int place = place(key);
        long counted = before[place] + added[place];
        added[place] += quantity;
        return counted;
    }

    private int place(VolumeKey key) {
        for (int i = 0; i < size; i++) {
            if (keys[i].equals(key)) {
                return i;
            }
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            before = Arrays.copyOf(before, 2 * size);
            added = Arrays.copyOf(added, 2 * size);
        }
        keys[size] = key;
        before[size] = running.before(key);
        return size++;
    }

    RunningQuantities running() {
        return running;
    }

    List<Counted> all() {
        Counted[] all = new Counted[size];
        for (int i = 0; i < size; i++) {
            all[i] = new Counted(keys[i], before[i], added[i]);
        }
        return List.of(all);
    }
}
