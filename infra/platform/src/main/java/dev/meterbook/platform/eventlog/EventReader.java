package dev.meterbook.platform.eventlog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Reads the log of one service. As positions are dense and in the order of commit, a reader needs
 * nothing but the last position it has seen: no gaps, no waiting for laggards. Safe for use by many
 * threads.
 */
public final class EventReader {

    /** The one shard of today. */
    static final int SHARD = 0;

    private static final String COLUMNS =
            "shard, position, tenant_id, event_key, event_type, aggregate_id, sequence, record_time,"
                    + " payload, metadata";

    private final String log;
    private final EventTypes types;

    /**
     * Reads the log of a service.
     *
     * @param log the service, whose name is its schema's
     */
    public EventReader(String log) {
        if (!log.matches("[a-z]{1,30}")) {
            throw new IllegalArgumentException("log: " + log + " (expected: a service's name)");
        }
        this.log = log;
        this.types = new EventTypes(log);
    }

    /** The service whose log is read. */
    public String log() {
        return log;
    }

    EventTypes types() {
        return types;
    }

    /**
     * Events after a position, in order.
     *
     * @param after a position; 0 for the beginning
     * @param limit events at most, from 1
     */
    public List<StoredEvent> read(Connection connection, long after, int limit)
            throws SQLException {
        String sql =
                "select "
                        + COLUMNS
                        + " from "
                        + log
                        + ".event where shard = ? and position > ? order by position limit ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setShort(1, (short) SHARD);
            select.setLong(2, after);
            select.setInt(3, limit);
            return events(connection, select);
        }
    }

    /**
     * Events of certain names after a position and up to another, in order. The content of events
     * of other names is not read.
     *
     * @param after a position; 0 for the beginning
     * @param upTo the last position that is looked at
     * @param limit events at most, from 1
     * @param names names of the events wanted
     */
    public List<StoredEvent> read(
            Connection connection, long after, long upTo, int limit, Set<String> names)
            throws SQLException {
        String sql =
                """
                select %1$s from %2$s.event
                where shard = ? and position > ? and position <= ?
                    and event_type in (select id from %2$s.event_type where name = any(?))
                order by position limit ?
                """
                        .formatted(COLUMNS, log);
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setShort(1, (short) SHARD);
            select.setLong(2, after);
            select.setLong(3, upTo);
            select.setArray(4, connection.createArrayOf("text", names.toArray()));
            select.setInt(5, limit);
            return events(connection, select);
        }
    }

    /** Events of an aggregate from a sequence number on, in order. */
    public List<StoredEvent> ofAggregate(Connection connection, String aggregateId, long from)
            throws SQLException {
        String sql =
                "select "
                        + COLUMNS
                        + " from "
                        + log
                        + ".event where aggregate_id = ? and sequence >= ? order by sequence";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, aggregateId);
            select.setLong(2, from);
            return events(connection, select);
        }
    }

    /** The event of a tenant and key, if it was appended. */
    public Optional<StoredEvent> find(Connection connection, String tenantId, UUID key)
            throws SQLException {
        String sql =
                "select "
                        + COLUMNS
                        + " from "
                        + log
                        + ".event where event_key = ? and tenant_id = ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, key);
            select.setString(2, tenantId);
            return events(connection, select).stream().findFirst();
        }
    }

    /**
     * The events of a key, whosever they are, by tenant: several tenants may have chosen the same.
     *
     * @param limit events at most, from 1
     */
    public List<StoredEvent> findOfAnyTenant(Connection connection, UUID key, int limit)
            throws SQLException {
        String sql =
                "select "
                        + COLUMNS
                        + " from "
                        + log
                        + ".event where event_key = ? order by tenant_id limit ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, key);
            select.setInt(2, limit);
            return events(connection, select);
        }
    }

    /** Events at the given positions, in order; positions that hold none are left out. */
    public List<StoredEvent> at(Connection connection, long[] positions) throws SQLException {
        String sql =
                "select "
                        + COLUMNS
                        + " from "
                        + log
                        + ".event where shard = ? and position = any(?) order by position";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setShort(1, (short) SHARD);
            select.setArray(2, connection.createArrayOf("int8", boxed(positions)));
            return events(connection, select);
        }
    }

    /** The last position; 0 while the log is empty. */
    public long head(Connection connection) throws SQLException {
        String sql = "select position from " + log + ".shard_head where shard = ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setShort(1, (short) SHARD);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    private List<StoredEvent> events(Connection connection, PreparedStatement select)
            throws SQLException {
        List<StoredEvent> events = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                events.add(event(connection, rows));
            }
        }
        return events;
    }

    private StoredEvent event(Connection connection, ResultSet row) throws SQLException {
        String aggregateId = row.getString(6);
        StoredType type = types.typeOf(connection, row.getShort(5));
        return new StoredEvent(
                row.getShort(1),
                row.getLong(2),
                row.getString(3),
                row.getObject(4, UUID.class),
                type.type(),
                aggregateId,
                aggregateId == null ? -1 : row.getLong(7),
                row.getObject(8, OffsetDateTime.class).toInstant(),
                type.encoding().decode(row.getBytes(9)),
                row.getBytes(10));
    }

    private static Long[] boxed(long[] positions) {
        Long[] boxed = new Long[positions.length];
        for (int i = 0; i < positions.length; i++) {
            boxed[i] = positions[i];
        }
        return boxed;
    }
}
