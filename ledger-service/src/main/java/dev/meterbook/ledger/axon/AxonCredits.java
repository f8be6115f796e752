package dev.meterbook.ledger.axon;

import dev.meterbook.ledger.application.ChangedMeanwhileException;
import dev.meterbook.ledger.application.CreditCommands;
import dev.meterbook.ledger.domain.CreditDecision;
import dev.meterbook.ledger.domain.GrantCredit;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.ConcurrencyException;

/** Sends commands to credits by Axon, on the caller's thread and so in its transaction. */
@Singleton
final class AxonCredits implements CreditCommands {

    private final CommandGateway gateway;

    AxonCredits(@Named("ledger") CommandGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public CreditDecision decide(GrantCredit command) {
        try {
            return gateway.sendAndWait(command);
        } catch (ConcurrencyException changed) {
            throw new ChangedMeanwhileException(changed);
        }
    }
}
