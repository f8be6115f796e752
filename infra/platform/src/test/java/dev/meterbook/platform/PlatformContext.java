package dev.meterbook.platform;

import dev.meterbook.platform.eventlog.EventLog;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.testing.PostgresFixture;
import dev.meterbook.testing.TestDatabase;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.micronaut.inject.qualifiers.Qualifiers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A process with the platform alone, for two services: ledger and gateway. */
public final class PlatformContext implements AutoCloseable {

    private final TestDatabase server;
    private final Map<String, Object> settings;
    private ApplicationContext context;

    private PlatformContext(TestDatabase server, Map<String, Object> settings) {
        this.server = server;
        this.settings = settings;
        this.context = start();
    }

    /** A process on an empty database, with the test beans of the given names. */
    public static PlatformContext fresh(String... switchedOn) throws SQLException {
        Map<String, Object> settings = new HashMap<>();
        List.of(switchedOn).forEach(bean -> settings.put("test." + bean, true));
        return new PlatformContext(PostgresFixture.freshDatabase().provisioned(), settings);
    }

    /** A process on an empty database that writes checkpoints into a folder. */
    public static PlatformContext keepingCheckpoints(Path folder) throws SQLException {
        return new PlatformContext(
                PostgresFixture.freshDatabase().provisioned(),
                Map.of("meterbook.checkpoint-folder", folder.toString()));
    }

    private ApplicationContext start() {
        Map<String, Object> configuration =
                new HashMap<>(server.configurationOf("ledger", "gateway"));
        configuration.put("grpc.server.host", "127.0.0.1");
        configuration.put("grpc.server.port", 0);
        configuration.putAll(settings);
        return ApplicationContext.builder()
                .propertySources(PropertySource.of("test", configuration))
                .start();
    }

    /** Ends the process and starts it again on the same data. */
    public void restart() {
        context.close();
        context = start();
    }

    public TestDatabase server() {
        return server;
    }

    public ApplicationContext context() {
        return context;
    }

    public Database database() {
        return context.getBean(Database.class, Qualifiers.byName("ledger"));
    }

    public EventLog log() {
        return context.getBean(EventLog.class, Qualifiers.byName("ledger"));
    }

    @Override
    public void close() {
        context.close();
    }
}
