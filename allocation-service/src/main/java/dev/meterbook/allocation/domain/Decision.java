package dev.meterbook.allocation.domain;

/** What the directory makes of a command. */
public sealed interface Decision {

    /** Nothing to record. */
    Decision UNCHANGED = new Unchanged();

    /**
     * It is a new fact.
     *
     * @param event the fact
     */
    record Recorded(DirectoryEvent event) implements Decision {}

    /** It is so already. */
    record Unchanged() implements Decision {}

    /**
     * It cannot be.
     *
     * @param problem why
     */
    record Refused(DirectoryProblem problem) implements Decision {}
}
