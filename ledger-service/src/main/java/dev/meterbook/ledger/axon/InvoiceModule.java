package dev.meterbook.ledger.axon;

import dev.meterbook.ledger.domain.InvoiceCommand;
import dev.meterbook.platform.axon.AxonModule;
import dev.meterbook.platform.axon.EventCodec;
import jakarta.inject.Singleton;
import java.util.List;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configurer;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;

/** Registers invoices with Axon. */
@Singleton
final class InvoiceModule implements AxonModule {

    @Override
    public String service() {
        return "ledger";
    }

    @Override
    public List<EventCodec<?>> codecs() {
        return InvoiceCodecs.ALL;
    }

    @Override
    public void configure(Configurer configurer) {
        configurer.configureAggregate(
                AggregateConfigurer.defaultConfiguration(InvoiceAggregate.class)
                        .configureCommandTargetResolver(_ -> InvoiceModule::targetOf));
    }

    private static VersionedAggregateIdentifier targetOf(CommandMessage<?> message) {
        InvoiceCommand command = (InvoiceCommand) message.getPayload();
        Object aggregateId = InvoiceAggregate.aggregateId(command.id());
        return new VersionedAggregateIdentifier(aggregateId, null);
    }
}
