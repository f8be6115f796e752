package dev.meterbook.platform.jdbc;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;

/**
 * Binds columns as arrays, one after the other, so that one statement takes a whole batch. They
 * travel in PostgreSQL's binary form: nothing is written as text to be read again.
 */
public final class SqlArrays {

    private final BaseConnection connection;
    private final PreparedStatement statement;
    private int next;

    /** Binds to a statement, from its first parameter on. */
    public SqlArrays(PreparedStatement statement) throws SQLException {
        this(statement, 1);
    }

    /** Binds to a statement, from a parameter on; the first is 1. */
    public SqlArrays(PreparedStatement statement, int first) throws SQLException {
        this.connection = statement.getConnection().unwrap(BaseConnection.class);
        this.statement = statement;
        this.next = first;
    }

    /** Binds a column of texts; some may be null. */
    public SqlArrays texts(@Nullable String[] column) throws SQLException {
        return bind(Oid.TEXT_ARRAY, SqlBinary.texts(column));
    }

    /** Binds a column of bytes; some may be null. */
    public SqlArrays bytes(byte[] @Nullable [] column) throws SQLException {
        return bind(Oid.BYTEA_ARRAY, SqlBinary.bytes(column));
    }

    /** Binds a column of 64-bit numbers. */
    public SqlArrays longs(long[] column) throws SQLException {
        return bind(Oid.INT8_ARRAY, SqlBinary.longs(column));
    }

    /** Binds a column of 32-bit numbers. */
    public SqlArrays ints(int[] column) throws SQLException {
        return bind(Oid.INT4_ARRAY, SqlBinary.ints(column));
    }

    /**
     * Binds a column of moments, as {@code timestamptz}.
     *
     * @param micros microseconds since 1970-01-01T00:00Z
     */
    public SqlArrays times(long[] micros) throws SQLException {
        return bind(Oid.TIMESTAMPTZ_ARRAY, SqlBinary.times(micros));
    }

    /** Binds a column of days. */
    public SqlArrays dates(LocalDate[] column) throws SQLException {
        return bind(Oid.DATE_ARRAY, SqlBinary.dates(column));
    }

    /** Binds a column of exact amounts. */
    public SqlArrays amounts(BigDecimal[] column) throws SQLException {
        return bind(Oid.NUMERIC_ARRAY, SqlBinary.amounts(column));
    }

    /** Binds a column of 128-bit keys. */
    public SqlArrays uuids(UUID[] column) throws SQLException {
        return bind(Oid.UUID_ARRAY, SqlBinary.uuids(column));
    }

    private SqlArrays bind(int arrayType, byte[] array) throws SQLException {
        statement.setArray(next, new PgArray(connection, arrayType, array));
        next++;
        return this;
    }
}
