package dev.meterbook.bench;

import dev.meterbook.allinone.system.Apis;
import dev.meterbook.allinone.system.Client;
import dev.meterbook.allinone.system.ClosingOrder;
import dev.meterbook.allinone.system.DataFolder;
import dev.meterbook.allinone.system.OneProcess;
import dev.meterbook.allinone.system.Ports;
import dev.meterbook.allinone.system.Service;
import dev.meterbook.allinone.system.SystemSettings;
import dev.meterbook.platform.consumer.RunningConsumer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;

/** A whole Meterbook in this process, with servers of its own. */
public final class BenchSystem implements AutoCloseable {

    private final ClosingOrder closing;
    private final Path data;
    private final Servers servers;
    private final OneProcess process;
    private final Apis apis;
    private final Duration startTime;

    private BenchSystem(ClosingOrder closing, Path data, Servers servers, Started started) {
        this.closing = closing;
        this.data = data;
        this.servers = servers;
        this.process = started.process;
        this.startTime = started.time;
        this.apis = closing.add(connect());
    }

    private record Started(OneProcess process, Duration time) {}

    /** Starts servers and services in a folder; a folder used before is taken up again. */
    public static BenchSystem start(Path data) {
        return start(Map.of(), data);
    }

    /** The same with a PostgreSQL that counts the time of each statement. */
    static BenchSystem startCounting(Path data) {
        return start(Map.of("shared_preload_libraries", "pg_stat_statements"), data);
    }

    private static BenchSystem start(Map<String, String> settings, Path data) {
        ClosingOrder closing = new ClosingOrder();
        try {
            DataFolder folder = new DataFolder(data);
            Servers servers = Servers.start(folder, settings, closing);
            Started started = startServices(folder, servers, closing);
            return new BenchSystem(closing, folder.root(), servers, started);
        } catch (RuntimeException failed) {
            closing.close();
            throw failed;
        }
    }

    private static Started startServices(DataFolder folder, Servers servers, ClosingOrder closing) {
        long began = System.nanoTime();
        OneProcess process =
                OneProcess.start(
                        new SystemSettings(
                                folder, Ports.shared("127.0.0.1", 0, 0), servers.environment()),
                        closing);
        return new Started(process, Duration.ofNanos(System.nanoTime() - began));
    }

    /** Its PostgreSQL and its Redis. */
    public Servers servers() {
        return servers;
    }

    /** A connection of the administrator, committing each statement; the caller closes it. */
    Connection administrator() {
        return servers.administrator();
    }

    /** Runs one statement as the administrator. */
    void execute(String sql) {
        try (Connection connection = administrator();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException refused) {
            throw new BenchFailure("refused: " + sql, refused);
        }
    }

    /** Folder of the data. */
    Path data() {
        return data;
    }

    /** The services, called by the operator. */
    public Client operator() {
        return apis.as(process.operatorKey());
    }

    /** Where the services are reached: host and port. */
    public String address() {
        return process.grpc(Service.METERING);
    }

    /** A connection of its own to the services; the caller closes it. */
    Apis connect() {
        return Apis.at(service -> address());
    }

    /** The operator's credential. */
    public String operatorKey() {
        return process.operatorKey();
    }

    /** The consumer that rates metered calls; while it stands still, nothing goes further. */
    RunningConsumer rating() {
        return consumer("pricing-usage");
    }

    /** The consumer that rolls costs up. */
    RunningConsumer rollUp() {
        return consumer("cost-roll-up");
    }

    private RunningConsumer consumer(String name) {
        return process.consumers().stream()
                .filter(running -> running.consumer().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BenchFailure("no consumer is called " + name));
    }

    /** How long the services took to start, the servers being up. */
    Duration startTime() {
        return startTime;
    }

    @Override
    public void close() {
        closing.close();
    }
}
