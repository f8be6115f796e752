package dev.meterbook.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Processor time by part: threads of this process by name, PostgreSQL's processes by the role they
 * serve. Threads that ended are missing, so the parts may come to less than the whole.
 */
final class Profile {

    private static final String BACKENDS =
            """
            select pid, coalesce(usename, backend_type),
                case when application_name like '%writer%' then ' writer' else '' end
            from pg_stat_activity
            """;

    private final BenchSystem system;

    Profile(BenchSystem system) {
        this.system = system;
    }

    /** Microseconds by part, since the parts began. */
    Map<String, Long> now() {
        Map<String, Long> parts = new TreeMap<>();
        threads(parts);
        backends(parts);
        return parts;
    }

    /** Microseconds by part between two moments. */
    static Map<String, Long> difference(Map<String, Long> after, Map<String, Long> before) {
        Map<String, Long> difference = new TreeMap<>();
        after.forEach(
                (part, micros) -> {
                    long used = micros - before.getOrDefault(part, 0L);
                    if (used > 0) {
                        difference.put(part, used);
                    }
                });
        return difference;
    }

    private static void threads(Map<String, Long> parts) {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            tasks.forEach(
                    task ->
                            parts.merge(
                                    "jvm " + nameOf(task),
                                    CpuMeter.ownMicros(task.resolve("stat")),
                                    Long::sum));
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    /** Threads of a pool count together: numbers at the end of names are cut off. */
    private static String nameOf(Path task) {
        try {
            return Files.readString(task.resolve("comm"), StandardCharsets.UTF_8)
                    .strip()
                    .replaceAll("[-_# ]*[0-9]+$", "");
        } catch (IOException gone) {
            return "gone";
        }
    }

    private void backends(Map<String, Long> parts) {
        try (Connection connection = system.administrator();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(BACKENDS)) {
            while (rows.next()) {
                parts.merge(
                        "postgres " + rows.getString(2) + rows.getString(3),
                        CpuMeter.ownMicros(Path.of("/proc", rows.getString(1), "stat")),
                        Long::sum);
            }
        } catch (SQLException refused) {
            throw new BenchFailure("cannot read the backends", refused);
        }
    }
}
