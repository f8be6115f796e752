package dev.meterbook.platform.axon;

import dev.meterbook.platform.eventlog.EventLog;
import dev.meterbook.platform.jdbc.Database;
import io.micronaut.context.BeanContext;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.EachBean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.inject.qualifiers.Qualifiers;
import java.util.List;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.serialization.json.JacksonSerializer;

/** One Axon configuration for each service of the process, on the service's own log. */
@Factory
final class AxonFactory {

    @Context
    @Bean(preDestroy = "shutdown")
    @EachBean(Database.class)
    Configuration configuration(Database database, List<AxonModule> modules, BeanContext beans) {
        List<AxonModule> own =
                modules.stream().filter(each -> each.service().equals(database.service())).toList();
        EventLog log = beans.getBean(EventLog.class, Qualifiers.byName(database.service()));
        EventCodecs codecs =
                new EventCodecs(own.stream().flatMap(each -> each.codecs().stream()).toList());
        Configurer configurer = configurer(database, log, codecs);
        own.forEach(each -> each.configure(configurer));
        return configurer.start();
    }

    /**
     * A failing handler fails the command: what it would have written is not left out in silence.
     */
    private static Configurer configurer(Database database, EventLog log, EventCodecs codecs) {
        Configurer configurer = DefaultConfigurer.defaultConfiguration(false);
        configurer
                .configureSerializer(any -> JacksonSerializer.defaultSerializer())
                .configureEventSerializer(any -> JacksonSerializer.defaultSerializer())
                .configureMessageSerializer(any -> JacksonSerializer.defaultSerializer())
                .configureTransactionManager(any -> new DatabaseTransactions(database))
                .configureEmbeddedEventStore(
                        any -> new LogEventStorageEngine(database, log, codecs));
        configurer
                .eventProcessing()
                .usingSubscribingEventProcessors()
                .registerDefaultListenerInvocationErrorHandler(
                        any -> PropagatingErrorHandler.instance())
                .registerDefaultErrorHandler(any -> PropagatingErrorHandler.instance());
        return configurer;
    }

    @EachBean(Configuration.class)
    CommandGateway commandGateway(Configuration configuration) {
        return configuration.commandGateway();
    }
}
