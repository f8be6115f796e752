package dev.meterbook.bench.torture;

import dev.meterbook.allinone.system.Apis;
import dev.meterbook.allinone.system.Client;
import dev.meterbook.allinone.system.ClosingOrder;
import dev.meterbook.allinone.system.DataFolder;
import dev.meterbook.allinone.system.Ports;
import dev.meterbook.allinone.system.Service;
import dev.meterbook.allinone.system.ServiceProcesses;
import dev.meterbook.allinone.system.SixProcesses;
import dev.meterbook.allinone.system.SystemSettings;
import dev.meterbook.bench.Servers;
import dev.meterbook.embedded.CommitCutter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Six service processes on a PostgreSQL and a Redis of their own. Every service reaches PostgreSQL
 * through a door at which its connections can be cut.
 */
final class TortureSystem {

    private final DataFolder folder;
    private final Servers servers;
    private final CommitCutter door;
    private final SixProcesses system;
    private final Apis apis;

    private TortureSystem(
            DataFolder folder, Servers servers, CommitCutter door, SixProcesses system, Apis apis) {
        this.folder = folder;
        this.servers = servers;
        this.door = door;
        this.system = system;
        this.apis = apis;
    }

    /** Starts everything in an empty folder, on free ports of the loopback address. */
    static TortureSystem start(Path data, ClosingOrder closing) {
        DataFolder folder = new DataFolder(data);
        Servers servers = Servers.start(folder, closing);
        CommitCutter door = closing.add(CommitCutter.inFrontOf(servers.postgresPort()));
        SixProcesses system =
                SixProcesses.start(
                        new SystemSettings(
                                folder,
                                Ports.separate("127.0.0.1", 0, 0),
                                servers.environment(servers.postgresUrl(door.port()))),
                        closing);
        return new TortureSystem(folder, servers, door, system, closing.add(Apis.of(system)));
    }

    DataFolder folder() {
        return folder;
    }

    Servers servers() {
        return servers;
    }

    CommitCutter door() {
        return door;
    }

    ServiceProcesses processes() {
        return system.processes();
    }

    Client operator() {
        return apis.as(system.operatorKey());
    }

    String operatorKey() {
        return system.operatorKey();
    }

    /** Where a service is reached: host and port. */
    String address(Service service) {
        return system.grpc(service);
    }

    /**
     * Ends PostgreSQL's postmaster and every process of it at once.
     *
     * @return how many processes it was
     */
    int killPostgres() {
        ProcessHandle postmaster =
                process(folder.postgres().resolve("data").resolve("postmaster.pid"));
        List<ProcessHandle> processes =
                Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.stream().map(ProcessHandle::onExit).forEach(CompletableFuture::join);
        return processes.size();
    }

    /** Ends one of PostgreSQL's processes; the others then start anew by themselves. */
    void killBackend(long number) {
        ProcessHandle postmaster =
                process(folder.postgres().resolve("data").resolve("postmaster.pid"));
        postmaster
                .descendants()
                .filter(process -> process.pid() == number)
                .forEach(ProcessHandle::destroyForcibly);
    }

    /** Ends Redis. */
    void killRedis() {
        Path note = folder.redis().resolve("pid");
        ProcessHandle redis = process(note);
        redis.destroyForcibly();
        redis.onExit().join();
        try {
            // A Redis that stops takes it away; whoever waits for that would wait in vain.
            Files.deleteIfExists(note);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private static ProcessHandle process(Path note) {
        try (Stream<String> lines = Files.lines(note, StandardCharsets.US_ASCII)) {
            long number = Long.parseLong(lines.findFirst().orElse("").strip());
            return ProcessHandle.of(number)
                    .orElseThrow(() -> new TortureFailure(note + ": no process " + number));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
