package dev.meterbook.platform.jdbc;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows as PostgreSQL's {@code COPY … (format binary)} wants them: the cheapest way to insert, for
 * both sides. Columns are added one after the other; {@link #row} begins a row. {@code COPY} is not
 * allowed where row-level security applies; it can go straight into a partition that has none.
 */
public final class SqlCopy {

    /** Signature, flags, length of the header's extension. */
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    private static final short END = -1;
    private static final int NULL = -1;

    private final short columns;
    private ByteBuffer rows;

    /**
     * No rows yet.
     *
     * @param columns of each row
     * @param expectedBytes room to begin with; it grows as needed
     */
    public SqlCopy(int columns, int expectedBytes) {
        this.columns = (short) columns;
        this.rows = ByteBuffer.allocate(HEADER.length + Short.BYTES + expectedBytes).put(HEADER);
    }

    /** Begins a row. */
    public SqlCopy row() {
        room(Short.BYTES).putShort(columns);
        return this;
    }

    /** A {@code bigint}. */
    public SqlCopy bigint(long value) {
        room(Integer.BYTES + Long.BYTES).putInt(Long.BYTES).putLong(value);
        return this;
    }

    /** An {@code integer}. */
    public SqlCopy integer(int value) {
        room(2 * Integer.BYTES).putInt(Integer.BYTES).putInt(value);
        return this;
    }

    /** A {@code smallint}. */
    public SqlCopy smallint(short value) {
        room(Integer.BYTES + Short.BYTES).putInt(Short.BYTES).putShort(value);
        return this;
    }

    /**
     * A {@code timestamptz}.
     *
     * @param micros microseconds since 1970-01-01T00:00Z
     */
    public SqlCopy time(long micros) {
        return bigint(micros - SqlBinary.EPOCH_MICROS);
    }

    /** A {@code uuid}. */
    public SqlCopy uuid(UUID value) {
        room(Integer.BYTES + 2 * Long.BYTES)
                .putInt(2 * Long.BYTES)
                .putLong(value.getMostSignificantBits())
                .putLong(value.getLeastSignificantBits());
        return this;
    }

    /** A {@code text}, or none. */
    public SqlCopy text(@Nullable String text) {
        return bytes(text == null ? null : text.getBytes(StandardCharsets.UTF_8));
    }

    /** A {@code bytea}, or none. */
    public SqlCopy bytes(byte @Nullable [] value) {
        if (value == null) {
            return nothing();
        }
        room(Integer.BYTES + value.length).putInt(value.length).put(value);
        return this;
    }

    /** A {@code bigint[]}. */
    public SqlCopy bigints(long[] values) {
        return bytes(SqlBinary.longs(values));
    }

    /** An {@code integer[]}. */
    public SqlCopy integers(int[] values) {
        return bytes(SqlBinary.ints(values));
    }

    /**
     * A {@code timestamptz[]}.
     *
     * @param micros microseconds since 1970-01-01T00:00Z
     */
    public SqlCopy times(long[] micros) {
        return bytes(SqlBinary.times(micros));
    }

    /** A {@code numeric[]}. */
    public SqlCopy amounts(BigDecimal[] values) {
        return bytes(SqlBinary.amounts(values));
    }

    /** A column without a value. */
    public SqlCopy nothing() {
        room(Integer.BYTES).putInt(NULL);
        return this;
    }

    @SuppressWarnings("ByteBufferBackingArray") // allocated here
    private ByteBuffer room(int bytes) {
        if (rows.remaining() < bytes + Short.BYTES) {
            int wanted = Math.addExact(rows.position(), bytes + Short.BYTES);
            rows =
                    ByteBuffer.allocate(Math.max(wanted, 2 * rows.capacity()))
                            .put(rows.array(), 0, rows.position());
        }
        return rows;
    }

    /**
     * Inserts the rows; nothing can be added after that.
     *
     * @param target a table with its columns in brackets, never anybody's input
     * @throws SQLException with state 23505 if one is there already
     */
    @SuppressWarnings("ByteBufferBackingArray") // allocated here
    public void send(Connection transaction, String target) throws SQLException {
        String sql = "copy " + target + " from stdin (format binary)";
        CopyIn copy = transaction.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        try {
            rows.putShort(END);
            copy.writeToCopy(rows.array(), 0, rows.position());
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }
}
