package dev.meterbook.allocation.axon;

import dev.meterbook.allocation.domain.Decision;
import dev.meterbook.allocation.domain.DirectoryCommand.RegisterCostCenter;
import dev.meterbook.allocation.domain.DirectoryCommand.RegisterCustomer;
import dev.meterbook.allocation.domain.DirectoryCommand.RegisterUser;
import dev.meterbook.allocation.domain.DirectoryEvent;
import dev.meterbook.allocation.domain.Registration;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** Shell of a {@link Registration}: one customer, user or cost center. */
final class RegistrationAggregate {

    /** Read by Axon. */
    @SuppressWarnings("UnusedVariable")
    @AggregateIdentifier
    private @Nullable String id;

    private Registration state = Registration.NONE;

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Decision handle(RegisterCustomer command) {
        return Facts.record(state.decide(command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Decision handle(RegisterUser command) {
        return Facts.record(state.decide(command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Decision handle(RegisterCostCenter command) {
        return Facts.record(state.decide(command));
    }

    @EventSourcingHandler
    void on(DirectoryEvent event) {
        id = AggregateIds.of(event);
        state = state.evolve(event);
    }
}
