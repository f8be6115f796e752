package dev.meterbook.bench.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Orders in which the same calls can arrive. */
final class Deliveries {

    private Deliveries() {}

    /** The same things in a random order. */
    static <T> List<T> shuffled(List<T> things, SplittableRandom random) {
        List<T> shuffled = new ArrayList<>(things);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            T moved = shuffled.set(i, shuffled.get(other));
            shuffled.set(other, moved);
        }
        return shuffled;
    }

    /** Parted into messages. */
    static List<List<SentCall>> messages(List<SentCall> calls, int size) {
        List<List<SentCall>> messages = new ArrayList<>();
        for (int from = 0; from < calls.size(); from += size) {
            messages.add(calls.subList(from, Math.min(calls.size(), from + size)));
        }
        return messages;
    }
}
