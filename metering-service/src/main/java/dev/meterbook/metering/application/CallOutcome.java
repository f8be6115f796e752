package dev.meterbook.metering.application;

import dev.meterbook.kernel.Violation;
import dev.meterbook.platform.eventlog.AppendOutcome;

/** What became of one call. */
public sealed interface CallOutcome {

    /**
     * The log has an answer.
     *
     * @param outcome recorded, duplicate or conflict
     */
    record Appended(AppendOutcome outcome) implements CallOutcome {}

    /**
     * The call was refused at the door.
     *
     * @param violation why
     */
    record Refused(Violation violation) implements CallOutcome {}
}
