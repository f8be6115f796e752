package dev.meterbook.allocation.axon;

import dev.meterbook.allocation.domain.Decision;
import dev.meterbook.allocation.domain.DirectoryCommand.SetAllocationRule;
import dev.meterbook.allocation.domain.DirectoryEvent.AllocationRuleSet;
import dev.meterbook.allocation.domain.RuleHistory;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** Shell of a {@link RuleHistory}: the rules for one application of a tenant. */
final class RulesAggregate {

    /** Read by Axon. */
    @SuppressWarnings("UnusedVariable")
    @AggregateIdentifier
    private @Nullable String id;

    private RuleHistory state = RuleHistory.NONE;

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Decision handle(SetAllocationRule command) {
        return Facts.record(state.decide(command));
    }

    /** Within an aggregate, a rule's number stands for its place in the log. */
    @EventSourcingHandler
    void on(AllocationRuleSet event) {
        id = AggregateIds.of(event);
        state = state.evolve(event, state.rules().size() + 1L);
    }
}
