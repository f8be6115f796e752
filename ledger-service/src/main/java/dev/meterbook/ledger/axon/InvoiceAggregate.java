package dev.meterbook.ledger.axon;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.meterbook.ledger.domain.Invoice;
import dev.meterbook.ledger.domain.InvoiceCommand;
import dev.meterbook.ledger.domain.InvoiceCommand.Issue;
import dev.meterbook.ledger.domain.InvoiceCommand.MakeDraft;
import dev.meterbook.ledger.domain.InvoiceCommand.Pay;
import dev.meterbook.ledger.domain.InvoiceDecision;
import dev.meterbook.ledger.domain.InvoiceDecision.Happens;
import dev.meterbook.ledger.domain.InvoiceEvent;
import dev.meterbook.ledger.domain.InvoiceId;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** The shell around {@link Invoice}: hands commands and events to it and decides nothing itself. */
final class InvoiceAggregate {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private @Nullable String aggregateId;

    private Invoice invoice = Invoice.NONE;

    InvoiceAggregate() {}

    /** The aggregate's id in the log. */
    static String aggregateId(InvoiceId id) {
        return "invoice/" + id.tenant() + "/" + id.id();
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    InvoiceDecision handle(MakeDraft command) {
        return decide(command);
    }

    @CommandHandler
    InvoiceDecision handle(Issue command) {
        return decide(command);
    }

    @CommandHandler
    InvoiceDecision handle(Pay command) {
        return decide(command);
    }

    private InvoiceDecision decide(InvoiceCommand command) {
        InvoiceDecision decision = invoice.decide(command);
        if (decision instanceof Happens(var event)) {
            apply(event);
        }
        return decision;
    }

    @EventSourcingHandler
    void on(InvoiceEvent event) {
        aggregateId = aggregateId(event.id());
        invoice = invoice.evolve(event);
    }
}
