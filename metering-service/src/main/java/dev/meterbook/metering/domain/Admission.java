package dev.meterbook.metering.domain;

import dev.meterbook.kernel.Quantities;
import dev.meterbook.kernel.Violation;
import java.util.UUID;

/** The answer to one call at the door: taken in its normal form, or refused. */
public sealed interface Admission {

    /**
     * The call can be stored.
     *
     * @param tenant whose call it is
     * @param key the 128 bits under which the call's id is stored
     * @param occurTimeMicros when it happened, microseconds since 1970-01-01T00:00Z
     * @param quantities what it consumed, disjoint
     */
    record Accepted(String tenant, UUID key, long occurTimeMicros, Quantities quantities)
            implements Admission {}

    /**
     * The call cannot be stored.
     *
     * @param violation the first thing that is wrong with it
     */
    record Rejected(Violation violation) implements Admission {}
}
