package dev.meterbook.platform.jdbc;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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

    private static final int HEADER_BYTES = 5 * Integer.BYTES;
    private static final int DIMENSIONS = 1;
    private static final int MAY_HOLD_NULLS = 1;
    private static final int NULL = -1;
    private static final int FIRST_INDEX = 1;

    /** 2000-01-01T00:00Z, from which PostgreSQL counts, in microseconds since 1970. */
    private static final long POSTGRES_EPOCH_MICROS = 946_684_800_000_000L;

    /** The same day, in days since 1970. */
    private static final int POSTGRES_EPOCH_DAYS = 10_957;

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
        byte[] @Nullable [] texts = new byte[column.length] @Nullable [];
        for (int i = 0; i < column.length; i++) {
            String text = column[i];
            texts[i] = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
        }
        return bind(Oid.TEXT_ARRAY, Oid.TEXT, texts);
    }

    /** Binds a column of bytes; some may be null. */
    public SqlArrays bytes(byte[] @Nullable [] column) throws SQLException {
        return bind(Oid.BYTEA_ARRAY, Oid.BYTEA, column);
    }

    /** Binds a column of 64-bit numbers. */
    public SqlArrays longs(long[] column) throws SQLException {
        ByteBuffer array = begin(Oid.INT8, column.length, Long.BYTES * column.length);
        for (long number : column) {
            array.putInt(Long.BYTES).putLong(number);
        }
        return bind(Oid.INT8_ARRAY, array);
    }

    /** Binds a column of 32-bit numbers. */
    public SqlArrays ints(int[] column) throws SQLException {
        ByteBuffer array = begin(Oid.INT4, column.length, Integer.BYTES * column.length);
        for (int number : column) {
            array.putInt(Integer.BYTES).putInt(number);
        }
        return bind(Oid.INT4_ARRAY, array);
    }

    /**
     * Binds a column of moments, as {@code timestamptz}.
     *
     * @param micros microseconds since 1970-01-01T00:00Z
     */
    public SqlArrays times(long[] micros) throws SQLException {
        ByteBuffer array = begin(Oid.TIMESTAMPTZ, micros.length, Long.BYTES * micros.length);
        for (long moment : micros) {
            array.putInt(Long.BYTES).putLong(moment - POSTGRES_EPOCH_MICROS);
        }
        return bind(Oid.TIMESTAMPTZ_ARRAY, array);
    }

    /** Binds a column of days. */
    public SqlArrays dates(LocalDate[] column) throws SQLException {
        ByteBuffer array = begin(Oid.DATE, column.length, Integer.BYTES * column.length);
        for (LocalDate day : column) {
            array.putInt(Integer.BYTES)
                    .putInt(Math.toIntExact(day.toEpochDay()) - POSTGRES_EPOCH_DAYS);
        }
        return bind(Oid.DATE_ARRAY, array);
    }

    /** Binds a column of exact amounts. */
    public SqlArrays amounts(BigDecimal[] column) throws SQLException {
        byte[][] amounts = new byte[column.length][];
        for (int i = 0; i < column.length; i++) {
            amounts[i] = SqlNumeric.bytes(column[i]);
        }
        return bind(Oid.NUMERIC_ARRAY, Oid.NUMERIC, amounts);
    }

    /** Binds a column of 128-bit keys. */
    public SqlArrays uuids(UUID[] column) throws SQLException {
        ByteBuffer array = begin(Oid.UUID, column.length, 2 * Long.BYTES * column.length);
        for (UUID key : column) {
            array.putInt(2 * Long.BYTES)
                    .putLong(key.getMostSignificantBits())
                    .putLong(key.getLeastSignificantBits());
        }
        return bind(Oid.UUID_ARRAY, array);
    }

    private SqlArrays bind(int arrayType, int type, byte[] @Nullable [] elements)
            throws SQLException {
        int bytes = 0;
        for (byte @Nullable [] element : elements) {
            bytes += element == null ? 0 : element.length;
        }
        ByteBuffer array = begin(type, elements.length, bytes);
        for (byte @Nullable [] element : elements) {
            if (element == null) {
                array.putInt(NULL);
            } else {
                array.putInt(element.length).put(element);
            }
        }
        return bind(arrayType, array);
    }

    private static ByteBuffer begin(int type, int length, int bytes) {
        return ByteBuffer.allocate(HEADER_BYTES + Integer.BYTES * length + bytes)
                .putInt(DIMENSIONS)
                .putInt(MAY_HOLD_NULLS)
                .putInt(type)
                .putInt(length)
                .putInt(FIRST_INDEX);
    }

    @SuppressWarnings("ByteBufferBackingArray") // made by begin, and full
    private SqlArrays bind(int arrayType, ByteBuffer array) throws SQLException {
        statement.setArray(next, new PgArray(connection, arrayType, array.array()));
        next++;
        return this;
    }
}
