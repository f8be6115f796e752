package dev.meterbook.platform.consumer;

import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.StoredEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The events that the consumers of one service could not take, in its table {@code dead_letter}.
 */
final class DeadLetters {

    private static final int MAX_REASON_LENGTH = 500;

    private DeadLetters() {}

    /** Sets a part of an event aside; said again, it counts one more attempt. */
    static void add(Connection transaction, LogConsumer consumer, StoredEvent part, Exception why)
            throws SQLException {
        String sql =
                """
                insert into dead_letter (consumer, log, shard, position, tenant_id, event_name,
                    revision, event_key, record_time, payload, reason)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?::timestamptz, ?, ?)
                on conflict (consumer, shard, position, tenant_id)
                do update set attempts = dead_letter.attempts + 1, last_time = now(),
                    reason = excluded.reason
                """;
        try (PreparedStatement insert = transaction.prepareStatement(sql)) {
            insert.setString(1, consumer.name());
            insert.setString(2, consumer.log());
            insert.setShort(3, (short) part.shard());
            insert.setLong(4, part.position());
            insert.setString(5, part.tenantId());
            insert.setString(6, part.type().name());
            insert.setShort(7, (short) part.type().revision());
            insert.setObject(8, part.key());
            insert.setString(9, part.recordTime().toString());
            insert.setBytes(10, part.payload());
            insert.setString(11, reason(why));
            insert.executeUpdate();
        }
    }

    /** The kind of failure and its first words; what a payload holds is not told. */
    private static String reason(Exception why) {
        String text = why.getClass().getSimpleName() + ": " + why.getMessage();
        return text.length() <= MAX_REASON_LENGTH ? text : text.substring(0, MAX_REASON_LENGTH);
    }

    /** Takes a part out again. */
    static void remove(Connection transaction, LogConsumer consumer, StoredEvent part)
            throws SQLException {
        String sql =
                "delete from dead_letter where consumer = ? and shard = ? and position = ?"
                        + " and tenant_id = ?";
        try (PreparedStatement delete = transaction.prepareStatement(sql)) {
            delete.setString(1, consumer.name());
            delete.setShort(2, (short) part.shard());
            delete.setLong(3, part.position());
            delete.setString(4, part.tenantId());
            delete.executeUpdate();
        }
    }

    /**
     * The parts of a consumer after a position, in order; of one tenant, or of all if it is "-".
     */
    static List<DeadLetter> of(
            Connection transaction, LogConsumer consumer, String tenantId, long after, int limit)
            throws SQLException {
        String sql =
                """
                select shard, position, tenant_id, event_key, event_name, revision, record_time,
                    payload, reason, attempts, first_time, last_time
                from dead_letter
                where consumer = ? and (? = '-' or tenant_id = ?) and position > ?
                order by position, tenant_id limit ?
                """;
        List<DeadLetter> letters = new ArrayList<>();
        try (PreparedStatement select = transaction.prepareStatement(sql)) {
            select.setString(1, consumer.name());
            select.setString(2, tenantId);
            select.setString(3, tenantId);
            select.setLong(4, after);
            select.setInt(5, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    letters.add(letter(consumer, rows));
                }
            }
        }
        return letters;
    }

    /** How many parts of a consumer are set aside. */
    static long count(Connection transaction, LogConsumer consumer) throws SQLException {
        try (PreparedStatement select =
                transaction.prepareStatement(
                        "select count(*) from dead_letter where consumer = ?")) {
            select.setString(1, consumer.name());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static DeadLetter letter(LogConsumer consumer, ResultSet row) throws SQLException {
        StoredEvent part =
                new StoredEvent(
                        row.getShort(1),
                        row.getLong(2),
                        row.getString(3),
                        row.getObject(4, UUID.class),
                        new EventType(row.getString(5), row.getShort(6)),
                        null,
                        -1,
                        row.getObject(7, OffsetDateTime.class).toInstant(),
                        row.getBytes(8),
                        null);
        return new DeadLetter(
                consumer.name(),
                part,
                row.getString(9),
                row.getInt(10),
                row.getObject(11, OffsetDateTime.class).toInstant(),
                row.getObject(12, OffsetDateTime.class).toInstant());
    }
}
