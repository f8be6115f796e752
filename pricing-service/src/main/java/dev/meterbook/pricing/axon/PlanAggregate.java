package dev.meterbook.pricing.axon;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.meterbook.pricing.domain.Decision;
import dev.meterbook.pricing.domain.Plan;
import dev.meterbook.pricing.domain.PricingCommand.SetTenantPlan;
import dev.meterbook.pricing.domain.PricingEvent.TenantPlanSet;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** Axon's shell around a {@link Plan}. */
final class PlanAggregate {

    /** What stands before the tenant's id in the aggregate's. */
    static final String PREFIX = "plan/";

    @AggregateIdentifier private @Nullable String id;
    private @Nullable Plan state;

    /** For Axon. */
    PlanAggregate() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Decision handle(SetTenantPlan command) {
        Decision decision = stateOf(command.tenant()).decide(command);
        if (decision instanceof Decision.Accepted accepted) {
            apply(accepted.event());
        }
        return decision;
    }

    @EventSourcingHandler
    void on(TenantPlanSet event) {
        id = PREFIX + event.tenant();
        state = stateOf(event.tenant()).evolve(event);
    }

    private Plan stateOf(String tenant) {
        return state == null ? Plan.none(tenant) : state;
    }

    @Override
    public String toString() {
        return "PlanAggregate[" + id + "]";
    }
}
