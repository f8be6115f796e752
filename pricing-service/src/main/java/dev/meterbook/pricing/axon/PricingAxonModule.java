package dev.meterbook.pricing.axon;

import dev.meterbook.platform.axon.AxonModule;
import dev.meterbook.platform.axon.EventCodec;
import dev.meterbook.pricing.domain.PricingCommand;
import jakarta.inject.Singleton;
import java.util.List;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configurer;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;

/** What the pricing-service adds to Axon: contracts, plans and exchange rates. */
@Singleton
final class PricingAxonModule implements AxonModule {

    @Override
    public String service() {
        return "pricing";
    }

    @Override
    public List<EventCodec<?>> codecs() {
        return PricingCodecs.all();
    }

    @Override
    public void configure(Configurer configurer) {
        configurer.configureAggregate(aggregate(ContractAggregate.class));
        configurer.configureAggregate(aggregate(PlanAggregate.class));
        configurer.configureAggregate(aggregate(ExchangeRateAggregate.class));
    }

    private static <A> AggregateConfigurer<A> aggregate(Class<A> type) {
        return AggregateConfigurer.defaultConfiguration(type)
                .configureCommandTargetResolver(any -> PricingAxonModule::target);
    }

    /** Commands are plain records; which aggregate they mean is said here. */
    private static VersionedAggregateIdentifier target(CommandMessage<?> message) {
        Object id =
                switch ((PricingCommand) message.getPayload()) {
                    case PricingCommand.CreateContract create ->
                            ContractAggregate.PREFIX + create.contract();
                    case PricingCommand.AddContractPrices add ->
                            ContractAggregate.PREFIX + add.contract();
                    case PricingCommand.SetTenantPlan set -> PlanAggregate.PREFIX + set.tenant();
                    case PricingCommand.SetExchangeRate set ->
                            ExchangeRateAggregate.PREFIX + set.rate().id();
                };
        return new VersionedAggregateIdentifier(id, null);
    }
}
