package dev.meterbook.bench.torture;

import dev.meterbook.allinone.system.Service;
import dev.meterbook.allinone.system.ServiceProcess;
import dev.meterbook.allinone.system.ServiceProcesses;
import dev.meterbook.bench.CallGenerator;
import dev.meterbook.bench.Pauses;
import dev.meterbook.embedded.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;

/**
 * Stops the process that writes the usage log for longer than its lease, until another has taken
 * over, and lets it go on: it must find itself shut out.
 */
final class StoppedWriter implements Scenario {

    private static final int LEASE_MILLIS = 5_000;
    private static final int ATTEMPTS = 300;
    private static final long LOOK_MILLIS = 100;

    @Override
    public String name() {
        return "stop-writer";
    }

    @Override
    public String what() {
        return "SIGSTOP of the usage log's writer beyond its lease while a second one takes over";
    }

    @Override
    public void run(Arena arena) {
        ServiceProcesses processes = arena.system().processes();
        int port = FreePort.next();
        String address = "127.0.0.1:" + port;
        ServiceProcess first = processes.of(Service.METERING);
        ServiceProcess second = processes.startAnother(Service.METERING, port);
        try {
            ServiceProcesses.await(second, address, "the second meter");
            arena.telling().fault("a second process of metering stands by");
            arena.feedDuring(
                    List.of(arena.system().address(Service.METERING), address),
                    () -> {
                        CallGenerator generator = arena.generator();
                        return () -> generator.fresh(Instant.now());
                    },
                    () -> stopInTurns(arena, first, second));
        } finally {
            close(second);
        }
    }

    private static void stopInTurns(Arena arena, ServiceProcess first, ServiceProcess second) {
        for (int i = 0; i < arena.plan().times(); i++) {
            arena.pause(500, 2_000);
            stop(arena, i % 2 == 0 ? first : second);
            arena.pause(1_000, 2_000);
        }
    }

    private static void stop(Arena arena, ServiceProcess writer) {
        Head before = head(arena);
        writer.pause();
        arena.telling().fault("SIGSTOP of the writer at position " + before.position);
        Pauses.millis(LEASE_MILLIS);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Head now = head(arena);
            if (now.epoch > before.epoch && now.position > before.position) {
                arena.pause(0, 1_500);
                writer.resume();
                arena.telling()
                        .fault(
                                "SIGCONT; another writes since epoch %d, now at position %d"
                                        .formatted(now.epoch, now.position));
                return;
            }
            Pauses.millis(LOOK_MILLIS);
        }
        writer.resume();
        throw new TortureFailure(
                "no other writer took over from one that stood still for %d s"
                        .formatted((LEASE_MILLIS + ATTEMPTS * LOOK_MILLIS) / 1_000));
    }

    private record Head(long epoch, long position) {}

    private static Head head(Arena arena) {
        try (Connection connection = arena.system().servers().administrator();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select epoch, position from metering.shard_head")) {
            row.next();
            return new Head(row.getLong(1), row.getLong(2));
        } catch (SQLException refused) {
            throw new TortureFailure("cannot read the log's head", refused);
        }
    }

    private static void close(ServiceProcess process) {
        try {
            process.close();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
