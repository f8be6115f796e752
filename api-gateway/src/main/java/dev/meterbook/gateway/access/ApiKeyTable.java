package dev.meterbook.gateway.access;

import dev.meterbook.platform.security.Scope;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The table of API keys. */
final class ApiKeyTable {

    private ApiKeyTable() {}

    /** Adds a key; false if there is one of that id. */
    static boolean insert(Connection tx, ApiKeyRecord key) throws SQLException {
        String sql =
                """
                insert into api_key (key_id, tenant_id, scopes, create_time, expire_time)
                values (?, ?, ?, ?, ?)
                on conflict do nothing
                """;
        try (PreparedStatement insert = tx.prepareStatement(sql)) {
            insert.setString(1, key.keyId());
            insert.setString(2, key.tenant());
            Object[] scopes = key.scopes().stream().map(Scope::name).sorted().toArray();
            insert.setArray(3, tx.createArrayOf("text", scopes));
            insert.setObject(4, key.createTime().atOffset(ZoneOffset.UTC));
            Instant expireTime = key.expireTime();
            insert.setObject(5, expireTime == null ? null : expireTime.atOffset(ZoneOffset.UTC));
            return insert.executeUpdate() == 1;
        }
    }

    static Optional<ApiKeyRecord> find(Connection tx, String keyId) throws SQLException {
        try (PreparedStatement select =
                tx.prepareStatement("select * from api_key where key_id = ?")) {
            select.setString(1, keyId);
            return read(select).stream().findFirst();
        }
    }

    /** Marks a key as revoked; false if it was before. */
    static boolean revoke(Connection tx, String keyId, Instant now) throws SQLException {
        String sql = "update api_key set revoke_time = ? where key_id = ? and revoke_time is null";
        try (PreparedStatement update = tx.prepareStatement(sql)) {
            update.setObject(1, now.atOffset(ZoneOffset.UTC));
            update.setString(2, keyId);
            return update.executeUpdate() == 1;
        }
    }

    /**
     * Keys, newest first.
     *
     * @param tenant only this tenant's; empty for all
     * @param after the last key of the page before
     */
    static List<ApiKeyRecord> list(
            Connection tx, String tenant, @Nullable ApiKeyRecord after, int limit)
            throws SQLException {
        String sql =
                """
                select * from api_key
                where (? = '' or tenant_id = ?)
                  and (?::timestamptz is null or create_time < ?::timestamptz
                       or create_time = ?::timestamptz and key_id > ?)
                order by create_time desc, key_id
                limit ?
                """;
        String time = after == null ? null : after.createTime().toString();
        try (PreparedStatement select = tx.prepareStatement(sql)) {
            select.setString(1, tenant);
            select.setString(2, tenant);
            select.setString(3, time);
            select.setString(4, time);
            select.setString(5, time);
            select.setString(6, after == null ? "" : after.keyId());
            select.setInt(7, limit);
            return read(select);
        }
    }

    private static List<ApiKeyRecord> read(PreparedStatement select) throws SQLException {
        List<ApiKeyRecord> keys = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                OffsetDateTime createTime = rows.getObject("create_time", OffsetDateTime.class);
                keys.add(
                        new ApiKeyRecord(
                                rows.getString("key_id"),
                                rows.getString("tenant_id"),
                                scopes(rows.getArray("scopes")),
                                createTime.toInstant(),
                                instant(rows, "expire_time"),
                                instant(rows, "revoke_time")));
            }
        }
        return keys;
    }

    private static Set<Scope> scopes(Array names) throws SQLException {
        return Stream.of((String[]) names.getArray())
                .map(Scope::valueOf)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static @Nullable Instant instant(ResultSet rows, String column) throws SQLException {
        OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
