package dev.meterbook.ledger.projection;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that the database has given to things, kept in memory. A transaction sees numbers of its
 * own making, and of a part of itself, which may yet be rolled back; so a number counts as
 * committed only when a second transaction has seen it too. Numbers never change. Safe for use by
 * many threads.
 *
 * @param <K> what has a number
 * @param <N> the number
 */
public final class CommittedNumbers<K, N> {

    private record Seen<N>(N number, String transaction) {}

    private final Map<K, N> committed = new ConcurrentHashMap<>();
    private final Map<K, Seen<N>> seenOnce = new ConcurrentHashMap<>();

    /** The number of a thing, if it is known to be committed. */
    public @Nullable N get(K key) {
        return committed.get(key);
    }

    /**
     * A transaction sees a number.
     *
     * @param transaction the transaction's id
     */
    public void seen(K key, N number, String transaction) {
        Seen<N> before = seenOnce.put(key, new Seen<>(number, transaction));
        if (before != null
                && before.number.equals(number)
                && !before.transaction.equals(transaction)) {
            committed.put(key, number);
            seenOnce.remove(key);
        }
    }
}
