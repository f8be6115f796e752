package dev.meterbook.platform.eventlog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

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
        load(connection);
        EventType loaded = byId.get(id);
        if (loaded == null) {
            throw new SQLException("event_type " + id + " is not in " + schema + ".event_type");
        }
        return loaded;
    }

    /** The number of a type; new types are registered in the caller's transaction. */
    short idOf(Connection connection, EventType type) throws SQLException {
        Short known = ids.get(type);
        if (known != null) {
            return known;
        }
        @Nullable Short stored = find(connection, type);
        return stored != null ? stored : register(connection, type);
    }

    private @Nullable Short find(Connection connection, EventType type) throws SQLException {
        load(connection);
        return ids.get(type);
    }

    /** Not remembered before it is committed: a later look-up finds it. */
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

    private void load(Connection connection) throws SQLException {
        String sql = "select id, name, revision from " + schema + ".event_type";
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                EventType type = new EventType(rows.getString(2), rows.getInt(3));
                byId.put(rows.getShort(1), type);
                ids.put(type, rows.getShort(1));
            }
        }
    }
}
