package dev.meterbook.allocation.axon;

import dev.meterbook.allocation.domain.DirectoryCommand;
import dev.meterbook.platform.axon.AxonModule;
import dev.meterbook.platform.axon.EventCodec;
import java.util.List;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configurer;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;

/** The aggregates of the directory. */
public final class AllocationModule implements AxonModule {

    /** The service. */
    public static final String SERVICE = "allocation";

    @Override
    public String service() {
        return SERVICE;
    }

    @Override
    public List<EventCodec<?>> codecs() {
        return DirectoryCodecs.all();
    }

    @Override
    public void configure(Configurer configurer) {
        List.of(TenantAggregate.class, RegistrationAggregate.class, RulesAggregate.class)
                .forEach(aggregate -> configurer.configureAggregate(aggregate(aggregate)));
    }

    /** Commands are plain Java, so that their target is told here and not by an annotation. */
    private static <A> AggregateConfigurer<A> aggregate(Class<A> type) {
        CommandTargetResolver resolver =
                message ->
                        new VersionedAggregateIdentifier(
                                (Object) AggregateIds.of((DirectoryCommand) message.getPayload()),
                                null);
        return AggregateConfigurer.defaultConfiguration(type)
                .configureCommandTargetResolver(_ -> resolver);
    }
}
