package dev.meterbook.allinone.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
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
        values.put(PROCESS, identity(ProcessHandle.current()));
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

    /** Number and start: a number alone may be another process' by now. */
    private static String identity(ProcessHandle process) {
        return process.pid()
                + "@"
                + process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static boolean isAlive(String process) {
        String number = process.split("@", 2)[0];
        return number.matches("[0-9]{1,18}")
                && ProcessHandle.of(Long.parseLong(number))
                        .filter(found -> identity(found).equals(process))
                        .isPresent();
    }
}
