package dev.meterbook.metering.config;

import dev.meterbook.metering.projection.CallIndexer;
import dev.meterbook.metering.projection.CallView;
import dev.meterbook.metering.projection.OperatedCallIndex;
import dev.meterbook.platform.checkpoint.CheckpointKeeper;
import dev.meterbook.platform.eventlog.EventLog;
import dev.meterbook.platform.eventlog.GroupCommitWriter;
import dev.meterbook.platform.eventlog.RecentEvents;
import dev.meterbook.platform.jdbc.Database;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** What the meter makes out of its database and its log. */
@Factory
final class MeteringFactory {

    /**
     * Whoever keeps checkpoints is made before the writer and ends after it: the last checkpoint is
     * then that of the last batch.
     */
    @Singleton
    @Named("metering")
    @Bean(preDestroy = "close")
    @SuppressWarnings("UnusedVariable")
    GroupCommitWriter writer(
            @Named("metering") Database database,
            @Named("metering") EventLog log,
            @Named("metering") RecentEvents recent,
            @Named("metering") @Nullable CheckpointKeeper endsLater) {
        return new GroupCommitWriter(database, log, recent);
    }

    @Context
    @Bean(preDestroy = "close")
    CallIndexer callIndexer(
            @Named("metering") Database database,
            @Named("metering") EventLog log,
            @Named("metering") RecentEvents recent) {
        return new CallIndexer(database, log.reader(), recent);
    }

    @Singleton
    OperatedCallIndex operatedCallIndex(
            @Named("metering") Database database,
            @Named("metering") EventLog log,
            CallIndexer indexer) {
        return new OperatedCallIndex(database, log.reader(), indexer);
    }

    @Singleton
    CallView callView(@Named("metering") Database database, @Named("metering") EventLog log) {
        return new CallView(database, log.reader());
    }
}
