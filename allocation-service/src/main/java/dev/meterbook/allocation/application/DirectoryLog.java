package dev.meterbook.allocation.application;

import dev.meterbook.allocation.domain.Decision;
import dev.meterbook.allocation.domain.DirectoryCommand;

/** Where facts about the directory are recorded. */
public interface DirectoryLog {

    /**
     * Decides on a command by what was recorded about its entry, and records the fact if there is
     * one, within the thread's transaction.
     *
     * @throws ChangedMeanwhileException if another transaction changed the entry; this one can only
     *     be rolled back, and tried again
     */
    Decision handle(DirectoryCommand command);

    /** Returns when the rules of allocation know everything that is recorded. */
    void catchUp();
}
