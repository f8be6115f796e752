package dev.meterbook.platform.jdbc;

import java.sql.SQLException;

/** The database did not do what it was asked to; the transaction was rolled back. */
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Wraps the driver's exception. */
    public DatabaseException(SQLException cause) {
        super(cause.getMessage(), cause);
    }

    /** The SQL state, for example 23505 for a violated unique key; empty if there is none. */
    public String sqlState() {
        return getCause() instanceof SQLException sql && sql.getSQLState() != null
                ? sql.getSQLState()
                : "";
    }
}
