package dev.meterbook.ledger.projection;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/**
 * Binds columns as arrays, one after the other, so that one statement takes a whole batch.
 * Primitive arrays travel in binary form.
 */
public final class SqlArrays {

    private final PGConnection connection;
    private final PreparedStatement statement;
    private int next;

    /** Binds to a statement, from its first parameter on. */
    public SqlArrays(PreparedStatement statement) throws SQLException {
        this(statement, 1);
    }

    /** Binds to a statement, from a parameter on; the first is 1. */
    public SqlArrays(PreparedStatement statement, int first) throws SQLException {
        Connection any = statement.getConnection();
        this.connection = any.unwrap(PGConnection.class);
        this.statement = statement;
        this.next = first;
    }

    /** Binds a column of texts. */
    public SqlArrays texts(String[] column) throws SQLException {
        return bind("text", column);
    }

    /** Binds a column of 64-bit numbers. */
    public SqlArrays longs(long[] column) throws SQLException {
        return bind("int8", column);
    }

    /** Binds a column of 32-bit numbers. */
    public SqlArrays ints(int[] column) throws SQLException {
        return bind("int4", column);
    }

    /** Binds a column of exact amounts. */
    public SqlArrays amounts(BigDecimal[] column) throws SQLException {
        return bind("numeric", column);
    }

    private SqlArrays bind(String type, Object column) throws SQLException {
        statement.setArray(next, connection.createArrayOf(type, column));
        next++;
        return this;
    }
}
