package dev.meterbook.platform.consumer;

import dev.meterbook.platform.axon.DatabaseTransactions;
import dev.meterbook.platform.eventlog.RecentEvents;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
 * the start of the process to its end. An event that cannot be taken is set aside, see {@link
 * PoisonFilter}; a batch that fails for another reason is rolled back and tried again, a little
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

    private final Map<String, RunningConsumer> running = new LinkedHashMap<>();
    private final List<ScheduledExecutorService> executors = new ArrayList<>();
    private final BeanContext beans;
    private final List<LogConsumer> consumers;

    LogConsumers(BeanContext beans, List<LogConsumer> consumers) {
        this.beans = beans;
        this.consumers = consumers;
    }

    @EventListener
    void start(StartupEvent started) {
        for (LogConsumer consumer : consumers) {
            Database database =
                    beans.getBean(Database.class, Qualifiers.byName(consumer.service()));
            PoisonFilter filter = new PoisonFilter(consumer);
            running.put(
                    consumer.name(),
                    new RunningConsumer(
                            consumer, database, filter, processor(consumer, database, filter)));
        }
        running.values().forEach(RunningConsumer::start);
    }

    /** Every consumer of the process. */
    public List<RunningConsumer> all() {
        return List.copyOf(running.values());
    }

    /** The consumer of a name, if it runs in this process. */
    public Optional<RunningConsumer> find(String name) {
        return Optional.ofNullable(running.get(name));
    }

    private PooledStreamingEventProcessor processor(
            LogConsumer consumer, Database database, PoisonFilter filter) {
        WakeUps wakeUps = beans.getBean(WakeUps.class, Qualifiers.byName(consumer.service()));
        DatabaseTransactions transactions = new DatabaseTransactions(database);
        RecentEvents recent =
                beans.findBean(RecentEvents.class, Qualifiers.byName(consumer.log()))
                        .orElseGet(RecentEvents::new);
        LogPageSource source = new LogPageSource(database, wakeUps, consumer, recent);
        return PooledStreamingEventProcessor.builder()
                .name(consumer.name())
                .eventHandlerInvoker(new BatchInvoker(consumer, database, source, filter))
                .messageSource(source)
                .tokenStore(tokenStore(transactions))
                .transactionManager(transactions)
                .errorHandler(PropagatingErrorHandler.instance())
                .coordinatorExecutor(executor(consumer, "coordinator"))
                .workerExecutor(executor(consumer, "worker"))
                .initialSegmentCount(1)
                .initialToken(any -> any.createTailToken())
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
        running.values().stream()
                .map(RunningConsumer::stop)
                .toList()
                .forEach(CompletableFuture::join);
        executors.forEach(ScheduledExecutorService::shutdown);
    }
}
