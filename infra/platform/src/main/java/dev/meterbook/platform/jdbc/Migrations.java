package dev.meterbook.platform.jdbc;

import java.util.Map;
import org.flywaydb.core.Flyway;

/**
 * Brings the schema of a service up to date, as its owner: first the event log, then the service's
 * own tables from {@code db/<service>}. Scripts may use {@code ${service}}.
 */
final class Migrations {

    private Migrations() {}

    static void run(ServiceSettings settings) {
        Flyway.configure()
                .dataSource(settings.url(), settings.ownerRole(), settings.ownerPassword())
                .schemas(settings.name())
                .defaultSchema(settings.name())
                .createSchemas(false)
                .locations("classpath:db/eventlog", "classpath:db/" + settings.name())
                .failOnMissingLocations(false)
                .outOfOrder(
                        true) // the event log's scripts are numbered apart, before the service's
                .placeholders(Map.of("service", settings.name()))
                .connectRetries(10)
                .load()
                .migrate();
    }
}
