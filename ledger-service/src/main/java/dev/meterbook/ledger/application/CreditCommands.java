package dev.meterbook.ledger.application;

import dev.meterbook.ledger.domain.CreditDecision;
import dev.meterbook.ledger.domain.GrantCredit;

/** The credits themselves: port to where their events are kept. */
public interface CreditCommands {

    /**
     * Lets a credit decide, and stores what happens in the thread's transaction.
     *
     * @throws ChangedMeanwhileException if another transaction changed the credit meanwhile
     */
    CreditDecision decide(GrantCredit command);
}
