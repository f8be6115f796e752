package dev.meterbook.platform.jdbc;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.EachBean;
import io.micronaut.context.annotation.Factory;

/** One {@link Database} for each configured service, opened with the process. */
@Factory
final class DatabaseFactory {

    @Context
    @Bean(preDestroy = "close")
    @EachBean(ServiceSettings.class)
    Database database(ServiceSettings settings) {
        return new Database(settings);
    }
}
