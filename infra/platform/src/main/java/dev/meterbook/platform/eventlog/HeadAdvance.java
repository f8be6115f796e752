package dev.meterbook.platform.eventlog;

import dev.meterbook.platform.eventlog.EventRows.Row;
import dev.meterbook.platform.jdbc.SqlArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stores a batch's link of the chain, moves the head behind it and tells the readers, in one
 * statement. Each exchange with the database that is saved shortens the time for which the head is
 * locked; a few events therefore go with the same statement.
 */
final class HeadAdvance {

    private static final String ADVANCE =
            """
            with %2$s batch as (
                insert into %1$s.event_batch
                    (shard, first_position, last_position, record_time, chain_hash)
                values (?, ?, ?, ?::timestamptz, ?)
                returning shard, last_position, chain_hash)
            update %1$s.shard_head head
            set position = batch.last_position, chain_hash = batch.chain_hash
            from batch, pg_notify(?, ?)
            where head.shard = batch.shard and head.position = ?
            """;

    private final String log;
    private final String alone;
    private final String withFew;

    HeadAdvance(String log) {
        this.log = log;
        this.alone = ADVANCE.formatted(log, "");
        this.withFew = ADVANCE.formatted(log, fewEvents(log));
    }

    private static String fewEvents(String log) {
        return """
            added as (
                insert into %1$s.event_shard_0
                    (position, record_time, event_key, sequence, shard, event_type, tenant_id,
                        aggregate_id, payload, metadata)
                select ?::bigint + number, ?::timestamptz, event_key, nullif(sequence, -1), ?,
                    event_type::smallint, tenant_id, aggregate_id, payload, metadata
                from unnest(?::uuid[], ?::bigint[], ?::integer[], ?::text[], ?::text[], ?::bytea[],
                        ?::bytea[]) with ordinality
                    as row (event_key, sequence, event_type, tenant_id, aggregate_id, payload,
                        metadata, number)
                order by number),
            """
                .formatted(log);
    }

    /**
     * A batch.
     *
     * @param size how many events
     * @param recordTime when they are stored
     * @param chainHash the chain's hash with them
     * @param names the events' names, for the notification
     */
    record Batch(int size, Instant recordTime, byte[] chainHash, String names) {}

    /** Moves the head behind events that were stored already. */
    void alone(Connection transaction, LogHead head, Batch batch) throws SQLException {
        try (PreparedStatement update = transaction.prepareStatement(alone)) {
            execute(update, 1, head, batch);
        }
    }

    /**
     * Stores events and moves the head.
     *
     * @throws SQLException with state 23505 if one is there already
     */
    void withFew(Connection transaction, LogHead head, Batch batch, EventRows rows)
            throws SQLException {
        try (PreparedStatement update = transaction.prepareStatement(withFew)) {
            update.setLong(1, head.position());
            update.setString(2, batch.recordTime.toString());
            update.setShort(3, (short) EventReader.SHARD);
            bind(new SqlArrays(update, 4), rows.all());
            execute(update, 11, head, batch);
        }
    }

    private static void bind(SqlArrays columns, List<Row> rows) throws SQLException {
        columns.uuids(rows.stream().map(row -> row.event().key()).toArray(UUID[]::new))
                .longs(rows.stream().mapToLong(row -> row.event().sequence()).toArray())
                .ints(rows.stream().mapToInt(Row::typeId).toArray())
                .texts(rows.stream().map(row -> row.event().tenantId()).toArray(String[]::new))
                .texts(aggregateIds(rows))
                .bytes(rows.stream().map(Row::payload).toArray(byte[][]::new))
                .bytes(metadata(rows));
    }

    private static @Nullable String[] aggregateIds(List<Row> rows) {
        @Nullable String[] column = new @Nullable String[rows.size()];
        for (int i = 0; i < column.length; i++) {
            column[i] = rows.get(i).event().aggregateId();
        }
        return column;
    }

    private static byte[] @Nullable [] metadata(List<Row> rows) {
        byte[] @Nullable [] column = new byte[rows.size()] @Nullable [];
        for (int i = 0; i < column.length; i++) {
            column[i] = rows.get(i).event().metadata();
        }
        return column;
    }

    private void execute(PreparedStatement update, int first, LogHead head, Batch batch)
            throws SQLException {
        update.setShort(first, (short) EventReader.SHARD);
        update.setLong(first + 1, head.position() + 1);
        update.setLong(first + 2, head.position() + batch.size);
        update.setString(first + 3, batch.recordTime.toString());
        update.setBytes(first + 4, batch.chainHash);
        update.setString(first + 5, EventLog.channel(log));
        update.setString(first + 6, batch.names);
        update.setLong(first + 7, head.position());
        if (update.executeUpdate() != 1) {
            throw new SQLException("shard_head of " + log + " was moved by another");
        }
    }
}
