package dev.meterbook.bench.torture;

import dev.meterbook.proto.metering.v1.MeteredCall;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Everything that was sent to one system, by key. Safe for use by many threads. */
final class Sent {

    private final Map<UUID, SentCall> byKey = new ConcurrentHashMap<>();

    /** Notes a call that is about to be sent for the first time. */
    SentCall add(MeteredCall call) {
        SentCall sent = new SentCall(call);
        if (byKey.putIfAbsent(sent.key(), sent) != null) {
            throw new TortureFailure("the generator gave the id " + sent.key() + " twice");
        }
        return sent;
    }

    @Nullable SentCall find(UUID key) {
        return byKey.get(key);
    }

    int size() {
        return byKey.size();
    }

    Collection<SentCall> all() {
        return Collections.unmodifiableCollection(byKey.values());
    }

    /** All of them by the positions at which they were acknowledged. */
    List<SentCall> inOrder() {
        return byKey.values().stream()
                .sorted(Comparator.comparingLong(SentCall::position))
                .toList();
    }
}
