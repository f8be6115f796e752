package dev.meterbook.kernel.usage;

import dev.meterbook.kernel.Quantities;
import dev.meterbook.kernel.Violation;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What reading a body or totals came to. */
public sealed interface Reading {

    /**
     * The usage.
     *
     * @param model the model that the body names; null if none
     * @param totals the totals as they were told or counted together, zeros left out, each holding
     *     its parts; in units of the kind, so milliseconds where the unit is the second
     * @param quantities the same as disjoint kinds
     * @param completeness whether the provider had counted to the end
     */
    record Read(
            @Nullable String model,
            Map<UsageUnit, Long> totals,
            Quantities quantities,
            Completeness completeness)
            implements Reading {

        /** Copies. */
        public Read {
            Map<UsageUnit, Long> copy = new EnumMap<>(UsageUnit.class);
            copy.putAll(totals);
            totals = Collections.unmodifiableMap(copy);
        }
    }

    /**
     * The body cannot be taken.
     *
     * @param violation why, and where in the body
     */
    record Refused(Violation violation) implements Reading {}

    /** Whether the provider had counted to the end. */
    enum Completeness {
        COMPLETE,
        /** The stream was cut off: what was counted so far is kept and marked. */
        PARTIAL
    }
}
