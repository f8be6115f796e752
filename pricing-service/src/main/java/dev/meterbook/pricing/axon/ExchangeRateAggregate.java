package dev.meterbook.pricing.axon;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.meterbook.pricing.domain.Decision;
import dev.meterbook.pricing.domain.ExchangeRate;
import dev.meterbook.pricing.domain.PricingCommand.SetExchangeRate;
import dev.meterbook.pricing.domain.PricingEvent.ExchangeRateSet;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** Axon's shell around an {@link ExchangeRate}. */
final class ExchangeRateAggregate {

    /** What stands before the rate's id in the aggregate's. */
    static final String PREFIX = "exchange-rate/";

    @AggregateIdentifier private @Nullable String id;
    private @Nullable ExchangeRate state;

    /** For Axon. */
    ExchangeRateAggregate() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Decision handle(SetExchangeRate command) {
        Decision decision = ExchangeRate.decide(state, command);
        if (decision instanceof Decision.Accepted accepted) {
            apply(accepted.event());
        }
        return decision;
    }

    @EventSourcingHandler
    void on(ExchangeRateSet event) {
        id = PREFIX + event.rate().id();
        state = event.rate();
    }

    @Override
    public String toString() {
        return "ExchangeRateAggregate[" + id + "]";
    }
}
