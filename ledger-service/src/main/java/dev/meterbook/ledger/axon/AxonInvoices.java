package dev.meterbook.ledger.axon;

import dev.meterbook.ledger.application.ChangedMeanwhileException;
import dev.meterbook.ledger.application.InvoiceCommands;
import dev.meterbook.ledger.domain.InvoiceCommand;
import dev.meterbook.ledger.domain.InvoiceDecision;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.ConcurrencyException;

/** Sends commands to invoices by Axon, on the caller's thread and so in its transaction. */
@Singleton
final class AxonInvoices implements InvoiceCommands {

    private final CommandGateway gateway;

    AxonInvoices(@Named("ledger") CommandGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public InvoiceDecision decide(InvoiceCommand command) {
        try {
            return gateway.sendAndWait(command);
        } catch (ConcurrencyException changed) {
            throw new ChangedMeanwhileException(changed);
        }
    }
}
