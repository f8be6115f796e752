package dev.meterbook.ledger.axon;

import dev.meterbook.ledger.domain.GrantCredit;
import dev.meterbook.platform.axon.AxonModule;
import dev.meterbook.platform.axon.EventCodec;
import jakarta.inject.Singleton;
import java.util.List;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configurer;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;

/** Registers credits with Axon. */
@Singleton
final class CreditModule implements AxonModule {

    @Override
    public String service() {
        return "ledger";
    }

    @Override
    public List<EventCodec<?>> codecs() {
        return List.of(CreditCodecs.GRANTED);
    }

    @Override
    public void configure(Configurer configurer) {
        configurer.configureAggregate(
                AggregateConfigurer.defaultConfiguration(CreditAggregate.class)
                        .configureCommandTargetResolver(_ -> CreditModule::targetOf));
    }

    private static VersionedAggregateIdentifier targetOf(CommandMessage<?> message) {
        GrantCredit command = (GrantCredit) message.getPayload();
        Object aggregateId = CreditAggregate.aggregateId(command.id());
        return new VersionedAggregateIdentifier(aggregateId, null);
    }
}
