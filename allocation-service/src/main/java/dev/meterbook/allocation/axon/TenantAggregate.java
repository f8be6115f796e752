package dev.meterbook.allocation.axon;

import dev.meterbook.allocation.domain.Decision;
import dev.meterbook.allocation.domain.DirectoryCommand.RegisterTenant;
import dev.meterbook.allocation.domain.DirectoryCommand.ResumeTenant;
import dev.meterbook.allocation.domain.DirectoryCommand.SuspendTenant;
import dev.meterbook.allocation.domain.DirectoryEvent.TenantRegistered;
import dev.meterbook.allocation.domain.DirectoryEvent.TenantResumed;
import dev.meterbook.allocation.domain.DirectoryEvent.TenantSuspended;
import dev.meterbook.allocation.domain.Tenant;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** Shell of a {@link Tenant}. */
final class TenantAggregate {

    /** Read by Axon. */
    @SuppressWarnings("UnusedVariable")
    @AggregateIdentifier
    private @Nullable String id;

    private Tenant state = Tenant.NONE;

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Decision handle(RegisterTenant command) {
        return Facts.record(state.decide(command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Decision handle(SuspendTenant command) {
        return Facts.record(state.decide(command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Decision handle(ResumeTenant command) {
        return Facts.record(state.decide(command));
    }

    @EventSourcingHandler
    void on(TenantRegistered event) {
        id = AggregateIds.of(event);
        state = state.evolve(event);
    }

    @EventSourcingHandler
    void on(TenantSuspended event) {
        state = state.evolve(event);
    }

    @EventSourcingHandler
    void on(TenantResumed event) {
        state = state.evolve(event);
    }
}
