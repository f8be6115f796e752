package dev.meterbook.budget.axon;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.meterbook.budget.application.BudgetDesk.Result;
import dev.meterbook.budget.domain.Budget;
import dev.meterbook.budget.domain.BudgetCommand;
import dev.meterbook.budget.domain.BudgetCommand.ArchiveBudget;
import dev.meterbook.budget.domain.BudgetCommand.ChangeBudget;
import dev.meterbook.budget.domain.BudgetCommand.DefineBudget;
import dev.meterbook.budget.domain.BudgetCommand.ReportSpend;
import dev.meterbook.budget.domain.BudgetEvent;
import dev.meterbook.budget.domain.BudgetKey;
import dev.meterbook.budget.domain.Decision;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** The shell around {@link Budget}: hands commands and events to it and decides nothing itself. */
final class BudgetAggregate {

    @AggregateIdentifier private @Nullable String id;
    private @Nullable Budget state;

    /** For Axon. */
    BudgetAggregate() {}

    /** The aggregate's id in the log. */
    static String idOf(BudgetKey key) {
        return "budget/" + key.uid();
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Result handle(DefineBudget command) {
        return decide(command);
    }

    @CommandHandler
    Result handle(ChangeBudget command) {
        return decide(command);
    }

    @CommandHandler
    Result handle(ArchiveBudget command) {
        return decide(command);
    }

    @CommandHandler
    Result handle(ReportSpend command) {
        return decide(command);
    }

    private Result decide(BudgetCommand command) {
        return switch (Budget.decide(state, command)) {
            case Decision.Refused(var problem) -> new Result.Refused(problem);
            case Decision.Accepted(var events) -> {
                events.forEach(event -> apply(event));
                yield new Result.Done(
                        Objects.requireNonNull(state, "an accepted command leaves a budget"));
            }
        };
    }

    @EventSourcingHandler
    void on(BudgetEvent event) {
        id = idOf(event.key());
        state = Budget.evolve(state, event);
    }

    @Override
    public String toString() {
        return "BudgetAggregate[" + id + "]";
    }
}
