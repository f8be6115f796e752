package dev.meterbook.platform.eventlog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The small numbers under which a log stores the types of events; kept in memory. */
final class EventTypes {

    private final String schema;
    private final Map<Short, StoredType> byId = new ConcurrentHashMap<>();
    private final Map<StoredType, Short> ids = new ConcurrentHashMap<>();

    EventTypes(String schema) {
        this.schema = schema;
    }

    /** The type of a number that stands in the log. */
    StoredType typeOf(Connection connection, short id) throws SQLException {
        StoredType known = byId.get(id);
        if (known != null) {
            return known;
        }
        for (Map.Entry<StoredType, Short> stored : load(connection).entrySet()) {
            if (stored.getValue() == id) {
                return stored.getKey();
            }
        }
        throw new SQLException("event_type " + id + " is not in " + schema + ".event_type");
    }

    /** The number of a type; new types are registered in the caller's transaction. */
    short idOf(Connection connection, StoredType type) throws SQLException {
        Short known = ids.get(type);
        if (known != null) {
            return known;
        }
        Short stored = load(connection).get(type);
        return stored != null ? stored : register(connection, type);
    }

    private short register(Connection connection, StoredType type) throws SQLException {
        String sql =
                "insert into "
                        + schema
                        + ".event_type (name, revision, encoding) values (?, ?, ?) returning id";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, type.type().name());
            insert.setShort(2, (short) type.type().revision());
            insert.setShort(3, (short) type.encoding().code());
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
    private Map<StoredType, Short> load(Connection connection) throws SQLException {
        String sql =
                """
                select id, name, revision, encoding,
                    xmin::text = coalesce(pg_current_xact_id_if_assigned()::xid::text, '') as own
                from %s.event_type
                """
                        .formatted(schema);
        Map<StoredType, Short> all = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                StoredType type =
                        new StoredType(
                                new EventType(rows.getString(2), rows.getInt(3)),
                                PayloadEncoding.ofCode(rows.getInt(4)));
                all.put(type, rows.getShort(1));
                if (!rows.getBoolean(5)) {
                    byId.put(rows.getShort(1), type);
                    ids.put(type, rows.getShort(1));
                }
            }
        }
        return all;
    }
}
