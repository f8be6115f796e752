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

/** What Meterbook takes: bytes on disk by table, and memory. */
final class Footprint {

    private static final String TABLES =
            """
            select n.nspname || '.' || c.relname, pg_total_relation_size(c.oid)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'm') and n.nspname in
                ('metering', 'pricing', 'ledger', 'allocation', 'budget', 'gateway')
            """;

    private Footprint() {}

    /** Bytes of each table with its indexes and what is stored out of line. */
    static Map<String, Long> tables(BenchSystem system) {
        Map<String, Long> bytes = new TreeMap<>();
        try (Connection connection = system.administrator();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                bytes.put(rows.getString(1), rows.getLong(2));
            }
        } catch (SQLException refused) {
            throw new BenchFailure("cannot read the sizes of tables", refused);
        }
        return bytes;
    }

    /** Memory of this process in bytes: now, and the most since it started. */
    record Memory(long resident, long most) {

        static Memory ofThisProcess() {
            return new Memory(status("VmRSS:"), status("VmHWM:"));
        }

        private static long status(String name) {
            try (Stream<String> lines =
                    Files.lines(Path.of("/proc/self/status"), StandardCharsets.UTF_8)) {
                return lines.filter(line -> line.startsWith(name))
                        .map(line -> line.replaceAll("[^0-9]", ""))
                        .mapToLong(kilobytes -> Long.parseLong(kilobytes) * 1_024)
                        .findFirst()
                        .orElse(0);
            } catch (IOException none) {
                throw new UncheckedIOException(none);
            }
        }
    }
}
