package dev.meterbook.budget.domain;

import java.util.List;

/** What a budget makes of a command. */
public sealed interface Decision {

    /**
     * Something happens.
     *
     * @param events what; none if all is so already
     */
    record Accepted(List<BudgetEvent> events) implements Decision {

        /** Takes a copy. */
        public Accepted {
            events = List.copyOf(events);
        }
    }

    /**
     * It cannot be.
     *
     * @param problem why
     */
    record Refused(BudgetProblem problem) implements Decision {}

    /** All is so already. */
    static Decision unchanged() {
        return new Accepted(List.of());
    }

    /** One thing happens. */
    static Decision of(BudgetEvent event) {
        return new Accepted(List.of(event));
    }
}
