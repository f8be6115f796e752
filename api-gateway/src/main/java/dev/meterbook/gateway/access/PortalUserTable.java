package dev.meterbook.gateway.access;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of portal users. */
final class PortalUserTable {

    private static final String COLUMNS = "login, tenant_id, role, create_time";

    private PortalUserTable() {}

    /** Adds a user; false if there is one of that login. */
    static boolean insert(Connection tx, PortalUserRecord user, String passwordHash)
            throws SQLException {
        String sql =
                """
                insert into portal_user (login, tenant_id, role, create_time, password_hash)
                values (?, ?, ?, ?, ?)
                on conflict do nothing
                """;
        try (PreparedStatement insert = tx.prepareStatement(sql)) {
            insert.setString(1, user.login());
            insert.setString(2, user.tenant());
            insert.setString(3, user.role().name());
            insert.setObject(4, user.createTime().atOffset(ZoneOffset.UTC));
            insert.setString(5, passwordHash);
            return insert.executeUpdate() == 1;
        }
    }

    static Optional<PortalUserRecord> find(Connection tx, String login) throws SQLException {
        String sql = "select " + COLUMNS + " from portal_user where login = ?";
        try (PreparedStatement select = tx.prepareStatement(sql)) {
            select.setString(1, login);
            return read(select).stream().findFirst();
        }
    }

    static Optional<String> passwordHash(Connection tx, String login) throws SQLException {
        String sql = "select password_hash from portal_user where login = ?";
        try (PreparedStatement select = tx.prepareStatement(sql)) {
            select.setString(1, login);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    static boolean delete(Connection tx, String login) throws SQLException {
        try (PreparedStatement delete =
                tx.prepareStatement("delete from portal_user where login = ?")) {
            delete.setString(1, login);
            return delete.executeUpdate() == 1;
        }
    }

    /**
     * Users by login.
     *
     * @param tenant only this tenant's; empty for all
     * @param after login of the last one of the page before
     */
    static List<PortalUserRecord> list(Connection tx, String tenant, String after, int limit)
            throws SQLException {
        String sql =
                "select "
                        + COLUMNS
                        + " from portal_user where (? = '' or tenant_id = ?) and login > ?"
                        + " order by login limit ?";
        try (PreparedStatement select = tx.prepareStatement(sql)) {
            select.setString(1, tenant);
            select.setString(2, tenant);
            select.setString(3, after);
            select.setInt(4, limit);
            return read(select);
        }
    }

    private static List<PortalUserRecord> read(PreparedStatement select) throws SQLException {
        List<PortalUserRecord> users = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                users.add(
                        new PortalUserRecord(
                                rows.getString(1),
                                rows.getString(2),
                                PortalRole.valueOf(rows.getString(3)),
                                rows.getObject(4, OffsetDateTime.class).toInstant()));
            }
        }
        return users;
    }
}
