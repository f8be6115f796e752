package dev.meterbook.pricing.axon;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.meterbook.pricing.domain.Contract;
import dev.meterbook.pricing.domain.Decision;
import dev.meterbook.pricing.domain.PricingCommand.AddContractPrices;
import dev.meterbook.pricing.domain.PricingCommand.CreateContract;
import dev.meterbook.pricing.domain.PricingEvent.ContractCreated;
import dev.meterbook.pricing.domain.PricingEvent.ContractPricesAdded;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** Axon's shell around a {@link Contract}. */
final class ContractAggregate {

    /** What stands before the contract's id in the aggregate's. */
    static final String PREFIX = "contract/";

    @AggregateIdentifier private @Nullable String id;
    private @Nullable Contract state;

    /** For Axon. */
    ContractAggregate() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Decision handle(CreateContract command) {
        return stored(Contract.decide(state, command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Decision handle(AddContractPrices command) {
        return stored(Contract.decide(state, command));
    }

    private static Decision stored(Decision decision) {
        if (decision instanceof Decision.Accepted accepted) {
            apply(accepted.event());
        }
        return decision;
    }

    @EventSourcingHandler
    void on(ContractCreated event) {
        id = PREFIX + event.contract();
        state = Contract.evolve(event);
    }

    @EventSourcingHandler
    void on(ContractPricesAdded event) {
        state = Objects.requireNonNull(state, "prices without a contract").evolve(event);
    }

    @Override
    public String toString() {
        return "ContractAggregate[" + id + "]";
    }
}
