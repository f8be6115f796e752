package dev.meterbook.budget.axon;

import dev.meterbook.budget.domain.BudgetCommand;
import dev.meterbook.budget.projection.alert.AlertProjection;
import dev.meterbook.budget.projection.budget.BudgetProjection;
import dev.meterbook.platform.axon.AxonModule;
import dev.meterbook.platform.axon.EventCodec;
import jakarta.inject.Singleton;
import java.util.List;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configurer;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;

/**
 * What the budget service adds to Axon. Read models are written in the transaction of the command.
 */
@Singleton
final class BudgetModule implements AxonModule {

    private final BudgetProjection budgets;
    private final AlertProjection alerts;

    BudgetModule(BudgetProjection budgets, AlertProjection alerts) {
        this.budgets = budgets;
        this.alerts = alerts;
    }

    @Override
    public String service() {
        return "budget";
    }

    @Override
    public List<EventCodec<?>> codecs() {
        return BudgetCodecs.all();
    }

    @Override
    public void configure(Configurer configurer) {
        configurer.configureAggregate(
                AggregateConfigurer.defaultConfiguration(BudgetAggregate.class)
                        .configureCommandTargetResolver(any -> BudgetModule::target));
        configurer.eventProcessing().registerEventHandler(any -> budgets);
        configurer.eventProcessing().registerEventHandler(any -> alerts);
    }

    /** Commands are plain records; which aggregate they mean is said here. */
    private static VersionedAggregateIdentifier target(CommandMessage<?> message) {
        BudgetCommand command = (BudgetCommand) message.getPayload();
        Object id = BudgetAggregate.idOf(command.key());
        return new VersionedAggregateIdentifier(id, null);
    }
}
