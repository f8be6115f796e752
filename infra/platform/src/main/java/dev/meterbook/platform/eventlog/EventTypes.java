package dev.meterbook.platform.eventlog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The small numbers under which a log stores names and revisions of events; kept in memory. */
final class EventTypes {

    private final String schema;
    private final Map<Short, EventType> byId = new ConcurrentHashMap<>();
    private final Map<EventType, Short> ids = new ConcurrentHashMap<>();

    EventTypes(String schema) {
        this.schema = schema;
    }

    /** The type of a number that stands in the log. */
    EventType typeOf(Connection connection, short id) throws SQLException {
        EventType known = byId.get(id);
        if (known != null) {
            return known;
        }
        for (Map.Entry<EventType, Short> stored : load(connection).entrySet()) {
            if (stored.getValue() == id) {
                return stored.getKey();
            }
        }
        throw new SQLException("event_type " + id + " is not in " + schema + ".event_type");
    }

    /** The number of a type; new types are registered in the caller's transaction. */
    short idOf(Connection connection, EventType type) throws SQLException {
        Short known = ids.get(type);
        if (known != null) {
            return known;
        }
        Short stored = load(connection).get(type);
        return stored != null ? stored : register(connection, type);
    }

    private short register(Connection connection, EventType type) throws SQLException {
        String sql =
                "insert into " + schema + ".event_type (name, revision) values (?, ?) returning id";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, type.name());
            insert.setShort(2, (short) type.revision());
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return row.getShort(1);
            }
        }
    }

    /**
     * All types; those that this very transaction registered are not remembered, it may be rolled
     * back.
     */
    private Map<EventType, Short> load(Connection connection) throws SQLException {
        String sql =
                """
                select id, name, revision,
                    xmin::text = coalesce(pg_current_xact_id_if_assigned()::xid::text, '') as own
                from %s.event_type
                """
                        .formatted(schema);
        Map<EventType, Short> all = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                EventType type = new EventType(rows.getString(2), rows.getInt(3));
                all.put(type, rows.getShort(1));
                if (!rows.getBoolean(4)) {
                    byId.put(rows.getShort(1), type);
                    ids.put(type, rows.getShort(1));
                }
            }
        }
        return all;
    }
}
