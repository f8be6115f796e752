package dev.meterbook.testing;

import dev.meterbook.embedded.Provisioner;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * An empty database that belongs to one test class, with a superuser's credentials.
 *
 * <p>Roles are common to all databases of a server, so whatever makes roles must bear that they are
 * there already.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host:port/name}, without user and password
 * @param user a superuser
 * @param password the superuser's password
 */
public record TestDatabase(String jdbcUrl, String user, String password) {

    /** The password of every service's roles in a provisioned database. */
    public static final String SERVICE_PASSWORD = "test";

    /** Prepares schemas and roles of all services, with {@link #SERVICE_PASSWORD}; returns this. */
    public TestDatabase provisioned() throws SQLException {
        try (Connection administrator = connect()) {
            new Provisioner(administrator).provisionAll(SERVICE_PASSWORD);
        }
        return this;
    }

    /** Configuration that lets services of a process use this provisioned database. */
    public Map<String, Object> configurationOf(String... services) {
        Map<String, Object> configuration = new HashMap<>();
        for (String service : services) {
            String prefix = "meterbook.services." + service + ".";
            configuration.put(prefix + "url", jdbcUrl);
            configuration.put(prefix + "password", SERVICE_PASSWORD);
            configuration.put(prefix + "owner-password", SERVICE_PASSWORD);
        }
        return configuration;
    }

    /** A new connection as the superuser; the caller closes it. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl, user, password);
    }

    /** A new connection as another role; the caller closes it. */
    public Connection connectAs(String role, String itsPassword) throws SQLException {
        return DriverManager.getConnection(jdbcUrl, role, itsPassword);
    }

    /** The address with a schema as the connection's search path. */
    public String jdbcUrl(String schema) {
        return jdbcUrl + "?currentSchema=" + schema;
    }

    /** The database's own name. */
    public String name() {
        return jdbcUrl.substring(jdbcUrl.lastIndexOf('/') + 1);
    }
}
