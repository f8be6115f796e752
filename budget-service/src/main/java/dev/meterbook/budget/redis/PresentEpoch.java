package dev.meterbook.budget.redis;

import dev.meterbook.budget.application.counting.Epoch;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The epoch that this process uses; shared by the hot path and the counting. */
public final class PresentEpoch {

    private static final String LOST = "LOST";

    private volatile @Nullable EpochScript script;

    /** The epoch; number 0 if there is none. */
    Epoch epoch() {
        EpochScript present = script;
        return present == null ? new Epoch(0, "") : present.epoch();
    }

    /** From now on this one. */
    void use(EpochScript next) {
        script = next;
    }

    Optional<EpochScript> script() {
        return Optional.ofNullable(script);
    }

    /**
     * Runs a step.
     *
     * @return empty if the counters are lost: there is no epoch, or Redis does not know its script,
     *     or has none of its keys
     */
    Optional<List<String>> run(RedisLink link, Arguments arguments) {
        EpochScript present = script;
        if (present == null) {
            return Optional.empty();
        }
        List<String> answer = link.run(present.sha1(), present.stateKey(), arguments.of(present));
        return answer == null || answer.getFirst().equals(LOST)
                ? Optional.empty()
                : Optional.of(answer);
    }
}
