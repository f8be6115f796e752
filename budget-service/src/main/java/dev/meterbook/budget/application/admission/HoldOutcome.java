package dev.meterbook.budget.application.admission;

import dev.meterbook.budget.domain.Figures;
import java.time.Instant;
import java.util.List;

/** What became of a {@link HoldOrder}. */
public sealed interface HoldOutcome {

    /**
     * It is placed in every budget.
     *
     * @param before figures for each line, before it was placed
     */
    record Placed(List<Figures> before) implements HoldOutcome {}

    /**
     * It is placed in no budget.
     *
     * @param verdicts a verdict for each line; at least one does not fit
     */
    record Refused(List<Verdict> verdicts) implements HoldOutcome {}

    /**
     * It was placed before.
     *
     * @param answer the answer then
     * @param expireTime when it ends by itself
     */
    record Repeated(String answer, Instant expireTime) implements HoldOutcome {}

    /** Another question has that name. */
    record Reused() implements HoldOutcome {}

    /**
     * What one budget says.
     *
     * @param kind whether it fits
     * @param figures its window
     */
    record Verdict(Kind kind, Figures figures) {}

    /** Whether a line fits. */
    enum Kind {
        FITS,
        LIMIT_REACHED,
        BEING_REBUILT
    }
}
