package dev.meterbook.platform.consumer;

import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.StoredEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The events that one consumer could not take, in the table {@code dead_letter} of its service. All
 * methods work in the caller's transaction.
 */
public final class DeadLetters {

    private static final int MAX_REASON_LENGTH = 500;

    private final String consumer;
    private final String log;

    /**
     * What a consumer has set aside.
     *
     * @param consumer its name
     * @param log the service whose log it reads
     */
    public DeadLetters(String consumer, String log) {
        this.consumer = consumer;
        this.log = log;
    }

    /** Sets a part of an event aside; said again, it counts one more attempt. */
    public void add(Connection transaction, StoredEvent part, Exception why) throws SQLException {
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
            insert.setString(1, consumer);
            insert.setString(2, log);
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

    /** Keeps others from a part until the transaction ends; false if it is not there. */
    public boolean hold(Connection transaction, StoredEvent part) throws SQLException {
        String sql =
                "select from dead_letter where consumer = ? and shard = ? and position = ?"
                        + " and tenant_id = ? for update";
        try (PreparedStatement select = transaction.prepareStatement(sql)) {
            bind(select, part);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Takes a part out again. */
    public void remove(Connection transaction, StoredEvent part) throws SQLException {
        String sql =
                "delete from dead_letter where consumer = ? and shard = ? and position = ?"
                        + " and tenant_id = ?";
        try (PreparedStatement delete = transaction.prepareStatement(sql)) {
            bind(delete, part);
            delete.executeUpdate();
        }
    }

    private void bind(PreparedStatement statement, StoredEvent part) throws SQLException {
        statement.setString(1, consumer);
        statement.setShort(2, (short) part.shard());
        statement.setLong(3, part.position());
        statement.setString(4, part.tenantId());
    }

    /** Takes all of them out. */
    public void clear(Connection transaction) throws SQLException {
        try (PreparedStatement delete =
                transaction.prepareStatement("delete from dead_letter where consumer = ?")) {
            delete.setString(1, consumer);
            delete.executeUpdate();
        }
    }

    /**
     * The parts after a position, in order.
     *
     * @param tenantId one tenant, or "-" for all
     */
    public List<DeadLetter> list(Connection transaction, String tenantId, long after, int limit)
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
            select.setString(1, consumer);
            select.setString(2, tenantId);
            select.setString(3, tenantId);
            select.setLong(4, after);
            select.setInt(5, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    letters.add(letter(rows));
                }
            }
        }
        return letters;
    }

    /**
     * Tenants whose parts are set aside, by position; waits for retries that are under way.
     *
     * @param after a position; 0 for the beginning
     * @param upTo the last position that is looked at
     */
    public Map<Long, Set<String>> tenants(Connection transaction, long after, long upTo)
            throws SQLException {
        String sql =
                """
                select position, tenant_id from dead_letter
                where consumer = ? and position > ? and position <= ? for share
                """;
        Map<Long, Set<String>> tenants = new HashMap<>();
        try (PreparedStatement select = transaction.prepareStatement(sql)) {
            select.setString(1, consumer);
            select.setLong(2, after);
            select.setLong(3, upTo);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    tenants.computeIfAbsent(rows.getLong(1), any -> new HashSet<>())
                            .add(rows.getString(2));
                }
            }
        }
        return tenants;
    }

    /** How many parts are set aside. */
    public long count(Connection transaction) throws SQLException {
        try (PreparedStatement select =
                transaction.prepareStatement(
                        "select count(*) from dead_letter where consumer = ?")) {
            select.setString(1, consumer);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private DeadLetter letter(ResultSet row) throws SQLException {
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
                consumer,
                part,
                row.getString(9),
                row.getInt(10),
                row.getObject(11, OffsetDateTime.class).toInstant(),
                row.getObject(12, OffsetDateTime.class).toInstant());
    }
}
