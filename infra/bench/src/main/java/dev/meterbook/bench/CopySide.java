package dev.meterbook.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * The limit: the rows of the usage log once more, by COPY BINARY over one connection into a table
 * of the same columns, checks and indexes, 2,000 rows a transaction, and nothing else.
 */
final class CopySide implements Side {

    private static final int BATCH = 2_000;
    private static final int MOST_ROWS = 50_000;
    private static final String TABLE = "bench.usage_row";

    private final BenchSystem system;
    private final Meter meter;
    private final Duration duration;

    CopySide(BenchSystem system, Meter meter, Duration duration) {
        this.system = system;
        this.meter = meter;
        this.duration = duration;
    }

    @Override
    public String name() {
        return "bare COPY";
    }

    @Override
    public Measurement measure() {
        List<CopyRow> rows = rows();
        system.execute("create schema if not exists bench");
        system.execute("create table " + TABLE + " (like metering.event_shard_0 including all)");
        try (Connection connection = system.administrator()) {
            Measurement measured = meter.measure(() -> copy(connection, rows));
            requireAll(connection, measured.calls());
            return measured;
        } catch (SQLException refused) {
            throw new BenchFailure("cannot copy", refused);
        } finally {
            system.execute("drop table " + TABLE);
        }
    }

    private List<CopyRow> rows() {
        String sql =
                """
                select tenant_id, event_key,
                    (extract(epoch from record_time - timestamptz '2000-01-01Z') * 1000000)::bigint,
                    event_type, payload
                from metering.event
                where position > (select position from metering.shard_head) - ?
                order by position
                """;
        try (Connection connection = system.administrator();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, MOST_ROWS);
            List<CopyRow> rows = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows.add(row(found));
                }
            }
            if (rows.isEmpty()) {
                throw new BenchFailure("the usage log has no rows to copy");
            }
            return rows;
        } catch (SQLException refused) {
            throw new BenchFailure("cannot read the usage log", refused);
        }
    }

    private static CopyRow row(ResultSet row) throws SQLException {
        return new CopyRow(
                row.getString(1).getBytes(StandardCharsets.UTF_8),
                row.getObject(2, UUID.class),
                row.getLong(3),
                row.getShort(4),
                row.getBytes(5));
    }

    /** Again and again until the time is up; each time the keys are of a later time. */
    private long copy(Connection connection, List<CopyRow> rows) {
        long end = System.nanoTime() + duration.toNanos();
        long firstMillis = rows.getFirst().key().getMostSignificantBits() >>> 16;
        long lastMillis = rows.getLast().key().getMostSignificantBits() >>> 16;
        long span = Math.abs(lastMillis - firstMillis) + 1_000;
        long position = 0;
        for (int pass = 0; System.nanoTime() < end; pass++) {
            for (int from = 0; from < rows.size() && System.nanoTime() < end; from += BATCH) {
                List<CopyRow> batch = rows.subList(from, Math.min(rows.size(), from + BATCH));
                copy(connection, batch, position, pass * span);
                position += batch.size();
            }
        }
        return position;
    }

    /** The connection commits by itself: a COPY is a transaction. */
    private static void copy(
            Connection connection, List<CopyRow> rows, long position, long laterMillis) {
        try {
            ByteBuffer out = ByteBuffer.allocate(rows.stream().mapToInt(CopyRow::size).sum() + 100);
            CopyRow.begin(out);
            long next = position;
            for (CopyRow row : rows) {
                row.write(out, ++next, laterMillis);
            }
            CopyRow.end(out);
            CopyIn copy =
                    connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn(
                                    "copy %s (%s) from stdin (format binary)"
                                            .formatted(TABLE, CopyRow.COLUMNS));
            copy.writeToCopy(out.array(), 0, out.position());
            copy.endCopy();
        } catch (SQLException refused) {
            throw new BenchFailure("COPY was refused", refused);
        }
    }

    private static void requireAll(Connection connection, long rows) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + TABLE)) {
            row.next();
            if (row.getLong(1) != rows) {
                throw new BenchFailure(
                        "COPY wrote %d rows (expected: %d)".formatted(row.getLong(1), rows));
            }
        }
    }
}
