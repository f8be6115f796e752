package dev.meterbook.ledger.axon;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.meterbook.ledger.domain.Credit;
import dev.meterbook.ledger.domain.CreditDecision;
import dev.meterbook.ledger.domain.CreditDecision.Happens;
import dev.meterbook.ledger.domain.CreditGranted;
import dev.meterbook.ledger.domain.CreditId;
import dev.meterbook.ledger.domain.GrantCredit;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** The shell around {@link Credit}: hands commands and events to it and decides nothing itself. */
final class CreditAggregate {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private @Nullable String aggregateId;

    private Credit credit = Credit.NONE;

    CreditAggregate() {}

    /** The aggregate's id in the log. */
    static String aggregateId(CreditId id) {
        return "credit/" + id.tenant() + "/" + id.id();
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    CreditDecision handle(GrantCredit command) {
        CreditDecision decision = credit.decide(command);
        if (decision instanceof Happens(var event)) {
            apply(event);
        }
        return decision;
    }

    @EventSourcingHandler
    void on(CreditGranted event) {
        aggregateId = aggregateId(event.id());
        credit = credit.evolve(event);
    }
}
