package dev.meterbook.budget.application.counting;

import java.util.List;

/** Where the end of a hold is recorded. */
public interface HoldEvents {

    /** Records holds that expired, each once. */
    void expired(List<ExpiredHold> holds);
}
