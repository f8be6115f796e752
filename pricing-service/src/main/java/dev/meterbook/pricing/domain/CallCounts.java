package dev.meterbook.pricing.domain;

import java.util.ArrayList;
import java.util.List;

/**
 * What one call adds to running quantities. Kinds that one rule counts are counted one after the
 * other, so that their amounts add up to what all of them cost together.
 */
final class CallCounts {

    private final List<Counted> counted = new ArrayList<>(4);
    private final RunningQuantities running;

    CallCounts(RunningQuantities running) {
        this.running = running;
    }

    /** Counts, and answers with what was counted before. */
    long count(VolumeKey key, long quantity) {
        for (int i = 0; i < counted.size(); i++) {
            Counted each = counted.get(i);
            if (each.key().equals(key)) {
                counted.set(i, new Counted(key, each.before(), each.quantity() + quantity));
                return each.after();
            }
        }
        long before = running.before(key);
        counted.add(new Counted(key, before, quantity));
        return before;
    }

    RunningQuantities running() {
        return running;
    }

    List<Counted> all() {
        return counted;
    }
}
