package dev.meterbook.platform.eventlog;

import dev.meterbook.platform.eventlog.EventRows.Row;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * The rows of one append as PostgreSQL's {@code COPY … (format binary)} wants them: the cheapest
 * way to insert, for both sides. They go straight into the shard's partition, as {@code COPY} is
 * not allowed where row-level security applies.
 */
final class EventCopy {

    private static final String COLUMNS =
            "position, record_time, event_key, sequence, shard, event_type, tenant_id,"
                    + " aggregate_id, payload, metadata";

    private static final int COLUMN_COUNT = 10;

    /** Signature, flags, length of the header's extension. */
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    private static final short END = -1;
    private static final int NULL = -1;

    /** A row's numbers, its key, and the lengths of its columns. */
    private static final int FIXED_BYTES_PER_ROW = 90;

    private static final int MAX_BYTES_PER_CHAR = 3;
    private static final Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private final String log;
    private final long recordTimeMicros;
    private final ByteBuffer rows;
    private long position;

    /** Events at consecutive positions of a log. */
    EventCopy(String log, long firstPosition, Instant recordTime, List<Row> events) {
        this.log = log;
        this.position = firstPosition;
        this.recordTimeMicros = ChronoUnit.MICROS.between(POSTGRES_EPOCH, recordTime);
        this.rows = ByteBuffer.allocate(capacity(events)).put(HEADER);
        events.forEach(this::add);
        rows.putShort(END);
    }

    private static int capacity(List<Row> rows) {
        int capacity = HEADER.length + Short.BYTES;
        for (Row row : rows) {
            NewEvent event = row.event();
            capacity +=
                    FIXED_BYTES_PER_ROW
                            + MAX_BYTES_PER_CHAR * event.tenantId().length()
                            + row.payload().length;
            capacity +=
                    event.aggregateId() == null
                            ? 0
                            : MAX_BYTES_PER_CHAR * event.aggregateId().length();
            capacity += event.metadata() == null ? 0 : event.metadata().length;
        }
        return capacity;
    }

    private void add(Row row) {
        NewEvent event = row.event();
        rows.putShort((short) COLUMN_COUNT);
        add(position++);
        add(recordTimeMicros);
        add(event.key());
        if (event.sequence() < 0) {
            rows.putInt(NULL);
        } else {
            add(event.sequence());
        }
        add((short) EventReader.SHARD);
        add(row.typeId());
        add(event.tenantId());
        add(event.aggregateId());
        add(row.payload());
        add(event.metadata());
    }

    private void add(long value) {
        rows.putInt(Long.BYTES).putLong(value);
    }

    private void add(short value) {
        rows.putInt(Short.BYTES).putShort(value);
    }

    private void add(UUID value) {
        rows.putInt(2 * Long.BYTES)
                .putLong(value.getMostSignificantBits())
                .putLong(value.getLeastSignificantBits());
    }

    private void add(@Nullable String text) {
        add(text == null ? null : text.getBytes(StandardCharsets.UTF_8));
    }

    private void add(byte @Nullable [] bytes) {
        if (bytes == null) {
            rows.putInt(NULL);
        } else {
            rows.putInt(bytes.length).put(bytes);
        }
    }

    /**
     * Inserts them.
     *
     * @throws SQLException with state 23505 if one is there already
     */
    void send(Connection transaction) throws SQLException {
        String sql =
                "copy "
                        + log
                        + ".event_shard_"
                        + EventReader.SHARD
                        + " ("
                        + COLUMNS
                        + ") from stdin (format binary)";
        CopyIn copy = transaction.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        try {
            copy.writeToCopy(rows.array(), 0, rows.position());
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }
}
