package dev.meterbook.ledger.application;

import dev.meterbook.ledger.domain.InvoiceCommand;
import dev.meterbook.ledger.domain.InvoiceDecision;

/** The invoices themselves: port to where their events are kept. */
public interface InvoiceCommands {

    /**
     * Lets an invoice decide, and stores what happens in the thread's transaction.
     *
     * @throws ChangedMeanwhileException if another transaction changed the invoice meanwhile
     */
    InvoiceDecision decide(InvoiceCommand command);
}
