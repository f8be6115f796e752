package dev.meterbook.allocation.axon;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.meterbook.allocation.domain.Decision;
import dev.meterbook.allocation.domain.Decision.Recorded;

/** Turns decisions into events of the aggregate at work. */
final class Facts {

    private Facts() {}

    /** Applies the fact, if the decision has one. */
    static Decision record(Decision decision) {
        if (decision instanceof Recorded recorded) {
            apply(recorded.event());
        }
        return decision;
    }
}
