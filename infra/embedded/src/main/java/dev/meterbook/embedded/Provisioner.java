package dev.meterbook.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Prepares a database for Meterbook: schema and roles of each service. Needs an administrator's
 * connection; running it again changes nothing but the passwords. What it runs is {@code
 * provision/service.sql}, which an administrator may run by hand instead.
 */
public final class Provisioner {

    /** Every service that owns a schema. */
    public static final List<String> SERVICES =
            List.of("metering", "pricing", "ledger", "allocation", "budget", "gateway");

    private static final Pattern PASSWORD = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    private final Connection administrator;

    /** Works over an administrator's connection, which the caller closes. */
    public Provisioner(Connection administrator) {
        this.administrator = administrator;
    }

    /**
     * Prepares schema and roles of one service.
     *
     * @param service one of {@link #SERVICES}
     * @param password of the run-time role: letters, digits, {@code _} and {@code -}
     * @param ownerPassword of the role that runs migrations; same form
     * @throws SQLException if the connection may not do so
     */
    public void provision(String service, String password, String ownerPassword)
            throws SQLException {
        if (!SERVICES.contains(service)) {
            throw new IllegalArgumentException(
                    "service: " + service + " (expected: one of " + SERVICES + ")");
        }
        try (Statement statement = administrator.createStatement()) {
            // Roles belong to the server, not to the database: two may be prepared at once.
            statement.execute("select pg_advisory_lock(7305371305)");
            try {
                statement.execute(script().replace("${service}", service));
                setPassword(statement, "meterbook_" + service, password);
                setPassword(statement, "meterbook_" + service + "_owner", ownerPassword);
            } finally {
                statement.execute("select pg_advisory_unlock(7305371305)");
            }
        }
    }

    /** Prepares every service with one password; for tests, where nothing is to be kept secret. */
    public void provisionAll(String password) throws SQLException {
        for (String service : SERVICES) {
            provision(service, password, password);
        }
    }

    private static void setPassword(Statement statement, String role, String password)
            throws SQLException {
        if (!PASSWORD.matcher(password).matches()) {
            throw new IllegalArgumentException(
                    "password of " + role + " (expected: 1 to 128 of A-Z a-z 0-9 _ -)");
        }
        statement.execute("alter role " + role + " password '" + password + "'");
    }

    private static String script() {
        try (InputStream in = Provisioner.class.getResourceAsStream("/provision/service.sql")) {
            if (in == null) {
                throw new IllegalStateException("provision/service.sql is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
