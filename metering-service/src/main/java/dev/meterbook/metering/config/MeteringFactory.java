package dev.meterbook.metering.config;

import dev.meterbook.metering.projection.CallIndexer;
import dev.meterbook.metering.projection.CallView;
import dev.meterbook.platform.eventlog.EventLog;
import dev.meterbook.platform.eventlog.GroupCommitWriter;
import dev.meterbook.platform.jdbc.Database;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** What the meter makes out of its database and its log. */
@Factory
final class MeteringFactory {

    @Singleton
    @Named("metering")
    @Bean(preDestroy = "close")
    GroupCommitWriter writer(
            @Named("metering") Database database, @Named("metering") EventLog log) {
        return new GroupCommitWriter(database, log);
    }

    @Context
    @Bean(preDestroy = "close")
    CallIndexer callIndexer(@Named("metering") Database database, @Named("metering") EventLog log) {
        return new CallIndexer(database, log.reader());
    }

    @Singleton
    CallView callView(@Named("metering") Database database, @Named("metering") EventLog log) {
        return new CallView(database, log.reader());
    }
}
