package dev.meterbook.platform.eventlog;

import dev.meterbook.platform.eventlog.EventRows.Row;
import dev.meterbook.platform.jdbc.SqlCopy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The rows of one append for {@code COPY}. They go straight into the shard's partition, as {@code
 * COPY} is not allowed where row-level security applies.
 */
final class EventCopy {

    private static final String COLUMNS =
            "position, record_time, event_key, sequence, shard, event_type, tenant_id,"
                    + " aggregate_id, payload, metadata";

    private static final int COLUMN_COUNT = 10;

    /** A row's numbers, its key, the lengths of its columns, and short texts. */
    private static final int BYTES_PER_ROW = 140;

    private final String log;
    private final long recordTimeMicros;
    private final SqlCopy copy;
    private long position;

    /** Events at consecutive positions of a log. */
    EventCopy(String log, long firstPosition, Instant recordTime, List<Row> events) {
        this.log = log;
        this.position = firstPosition;
        this.recordTimeMicros = ChronoUnit.MICROS.between(Instant.EPOCH, recordTime);
        this.copy = new SqlCopy(COLUMN_COUNT, expectedBytes(events));
        events.forEach(this::add);
    }

    private static int expectedBytes(List<Row> rows) {
        int bytes = 0;
        for (Row row : rows) {
            byte[] metadata = row.event().metadata();
            bytes += BYTES_PER_ROW + row.payload().length;
            bytes += metadata == null ? 0 : metadata.length;
        }
        return bytes;
    }

    private void add(Row row) {
        NewEvent event = row.event();
        copy.row().bigint(position++).time(recordTimeMicros).uuid(event.key());
        if (event.sequence() < 0) {
            copy.nothing();
        } else {
            copy.bigint(event.sequence());
        }
        copy.smallint((short) EventReader.SHARD)
                .smallint(row.typeId())
                .text(event.tenantId())
                .text(event.aggregateId())
                .bytes(row.payload())
                .bytes(event.metadata());
    }

    /**
     * Inserts them.
     *
     * @throws SQLException with state 23505 if one is there already
     */
    void send(Connection transaction) throws SQLException {
        copy.send(transaction, log + ".event_shard_" + EventReader.SHARD + " (" + COLUMNS + ")");
    }
}
