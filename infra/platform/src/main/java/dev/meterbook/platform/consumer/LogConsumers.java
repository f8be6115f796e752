package dev.meterbook.platform.consumer;

import dev.meterbook.platform.axon.DatabaseTransactions;
import dev.meterbook.platform.eventlog.WakeUps;
import dev.meterbook.platform.jdbc.Database;
import io.micronaut.context.BeanContext;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.common.AxonThreadFactory;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.serialization.json.JacksonSerializer;

/**
 * Runs every {@link LogConsumer} of the process as an Axon pooled streaming event processor, from
 * the start of the process to its end. A batch that fails is rolled back and tried again, a little
 * later each time.
 */
@Singleton
public final class LogConsumers {

    /** After a failure the work is taken up again at the next claim. */
    private static final long CLAIM_INTERVAL_MILLIS = 500;

    private static final TokenSchema TOKENS =
            TokenSchema.builder()
                    .setTokenTable("token_entry")
                    .setProcessorNameColumn("processor_name")
                    .setTokenTypeColumn("token_type")
                    .build();

    private final List<PooledStreamingEventProcessor> processors = new ArrayList<>();
    private final List<ScheduledExecutorService> executors = new ArrayList<>();
    private final BeanContext beans;
    private final List<LogConsumer> consumers;

    LogConsumers(BeanContext beans, List<LogConsumer> consumers) {
        this.beans = beans;
        this.consumers = consumers;
    }

    @EventListener
    void start(StartupEvent started) {
        consumers.forEach(consumer -> processors.add(processor(consumer)));
        processors.forEach(PooledStreamingEventProcessor::start);
    }

    private PooledStreamingEventProcessor processor(LogConsumer consumer) {
        Database database = beans.getBean(Database.class, Qualifiers.byName(consumer.service()));
        WakeUps wakeUps = beans.getBean(WakeUps.class, Qualifiers.byName(consumer.service()));
        DatabaseTransactions transactions = new DatabaseTransactions(database);
        return PooledStreamingEventProcessor.builder()
                .name(consumer.name())
                .eventHandlerInvoker(new BatchInvoker(consumer, database))
                .messageSource(new LogPageSource(database, wakeUps, consumer))
                .tokenStore(tokenStore(transactions))
                .transactionManager(transactions)
                .errorHandler(PropagatingErrorHandler.instance())
                .coordinatorExecutor(executor(consumer, "coordinator"))
                .workerExecutor(executor(consumer, "worker"))
                .initialSegmentCount(1)
                .initialToken(source -> source.createTailToken())
                .batchSize(1)
                .tokenClaimInterval(CLAIM_INTERVAL_MILLIS)
                .build();
    }

    private static TokenStore tokenStore(DatabaseTransactions transactions) {
        return JdbcTokenStore.builder()
                .connectionProvider(transactions)
                .serializer(JacksonSerializer.defaultSerializer())
                .schema(TOKENS)
                .claimTimeout(Duration.ofSeconds(10))
                .build();
    }

    private ScheduledExecutorService executor(LogConsumer consumer, String part) {
        ScheduledExecutorService executor =
                Executors.newScheduledThreadPool(
                        1, new AxonThreadFactory(consumer.name() + "-" + part));
        executors.add(executor);
        return executor;
    }

    /** Before the databases are closed. */
    @EventListener
    void stop(ShutdownEvent ended) {
        processors.stream()
                .map(PooledStreamingEventProcessor::shutdownAsync)
                .toList()
                .forEach(done -> done.join());
        executors.forEach(ScheduledExecutorService::shutdown);
    }
}
