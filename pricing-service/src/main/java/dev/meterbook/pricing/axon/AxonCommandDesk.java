package dev.meterbook.pricing.axon;

import dev.meterbook.pricing.application.CommandDesk;
import dev.meterbook.pricing.domain.Decision;
import dev.meterbook.pricing.domain.PricingCommand;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.ConcurrencyException;

/** Sends commands to the aggregates. */
@Singleton
final class AxonCommandDesk implements CommandDesk {

    /** Times that a command is tried when another process changed the aggregate meanwhile. */
    private static final int ATTEMPTS = 3;

    private final CommandGateway gateway;

    AxonCommandDesk(@Named("pricing") CommandGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Decision decide(PricingCommand command) {
        for (int attempt = 1; ; attempt++) {
            try {
                return gateway.sendAndWait(command);
            } catch (ConcurrencyException overtaken) {
                if (attempt >= ATTEMPTS) {
                    throw overtaken;
                }
            }
        }
    }
}
