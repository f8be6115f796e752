package dev.meterbook.allinone.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A note in the data folder that says where the running Meterbook is reached, so that other
 * commands find it. It goes when that Meterbook stops; one that was killed leaves it behind, so
 * whoever reads it must bear that nobody answers.
 *
 * @param postgresUrl JDBC address of the database
 * @param addresses host and port of each service's gRPC server, by name of the service
 */
public record RunningNote(String postgresUrl, Map<String, String> addresses) {

    private static final String POSTGRES = "postgres";
    private static final String PROCESS = "process";

    /** Copies the map. */
    public RunningNote {
        addresses = Map.copyOf(addresses);
    }

    /** Leaves a note; closing what is answered takes it away. */
    static AutoCloseable leave(DataFolder data, RunningSystem system) {
        Map<String, String> values = new TreeMap<>();
        values.put(POSTGRES, system.postgresUrl());
        values.put(PROCESS, Long.toString(ProcessHandle.current().pid()));
        for (Service service : Service.values()) {
            values.put(service.id(), system.grpc(service));
        }
        PrivateFile.write(data.running(), "The Meterbook that runs now", values);
        return () -> delete(data);
    }

    private static void delete(DataFolder data) {
        try {
            Files.deleteIfExists(data.running());
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** The note of a process that still lives. */
    public static Optional<RunningNote> find(DataFolder data) {
        Map<String, String> values = PrivateFile.read(data.running());
        if (!isAlive(values.getOrDefault(PROCESS, ""))) {
            return Optional.empty();
        }
        Map<String, String> addresses = new TreeMap<>(values);
        addresses.keySet().retainAll(Service.ids());
        return Optional.of(new RunningNote(values.getOrDefault(POSTGRES, ""), addresses));
    }

    /** Host and port of a service's gRPC server. */
    public String address(Service service) {
        return addresses.getOrDefault(service.id(), "");
    }

    private static boolean isAlive(String process) {
        return process.matches("[0-9]{1,18}")
                && ProcessHandle.of(Long.parseLong(process)).isPresent();
    }
}
