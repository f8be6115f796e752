package dev.meterbook.platform.jdbc;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;

/** Columns in the binary form of PostgreSQL's one-dimensional arrays. */
@SuppressWarnings("ByteBufferBackingArray") // each buffer is allocated here, and full when given
final class SqlBinary {

    private static final int HEADER_BYTES = 5 * Integer.BYTES;
    private static final int DIMENSIONS = 1;
    private static final int MAY_HOLD_NULLS = 1;
    private static final int NULL = -1;
    private static final int FIRST_INDEX = 1;

    /** 2000-01-01T00:00Z, from which PostgreSQL counts, in microseconds since 1970. */
    static final long EPOCH_MICROS = 946_684_800_000_000L;

    /** The same day, in days since 1970. */
    private static final int EPOCH_DAYS = 10_957;

    private SqlBinary() {}

    static byte[] texts(@Nullable String[] column) {
        byte[] @Nullable [] texts = new byte[column.length] @Nullable [];
        for (int i = 0; i < column.length; i++) {
            String text = column[i];
            texts[i] = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
        }
        return array(Oid.TEXT, texts);
    }

    static byte[] bytes(byte[] @Nullable [] column) {
        return array(Oid.BYTEA, column);
    }

    static byte[] longs(long[] column) {
        ByteBuffer array = begin(Oid.INT8, column.length, Long.BYTES * column.length);
        for (long number : column) {
            array.putInt(Long.BYTES).putLong(number);
        }
        return array.array();
    }

    static byte[] ints(int[] column) {
        ByteBuffer array = begin(Oid.INT4, column.length, Integer.BYTES * column.length);
        for (int number : column) {
            array.putInt(Integer.BYTES).putInt(number);
        }
        return array.array();
    }

    static byte[] times(long[] micros) {
        ByteBuffer array = begin(Oid.TIMESTAMPTZ, micros.length, Long.BYTES * micros.length);
        for (long moment : micros) {
            array.putInt(Long.BYTES).putLong(moment - EPOCH_MICROS);
        }
        return array.array();
    }

    static byte[] dates(LocalDate[] column) {
        ByteBuffer array = begin(Oid.DATE, column.length, Integer.BYTES * column.length);
        for (LocalDate day : column) {
            array.putInt(Integer.BYTES).putInt(Math.toIntExact(day.toEpochDay()) - EPOCH_DAYS);
        }
        return array.array();
    }

    static byte[] amounts(BigDecimal[] column) {
        byte[][] amounts = new byte[column.length][];
        for (int i = 0; i < column.length; i++) {
            amounts[i] = SqlNumeric.bytes(column[i]);
        }
        return array(Oid.NUMERIC, amounts);
    }

    static byte[] uuids(UUID[] column) {
        ByteBuffer array = begin(Oid.UUID, column.length, 2 * Long.BYTES * column.length);
        for (UUID key : column) {
            array.putInt(2 * Long.BYTES)
                    .putLong(key.getMostSignificantBits())
                    .putLong(key.getLeastSignificantBits());
        }
        return array.array();
    }

    private static byte[] array(int type, byte[] @Nullable [] elements) {
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
        return array.array();
    }

    private static ByteBuffer begin(int type, int length, int bytes) {
        return ByteBuffer.allocate(HEADER_BYTES + Integer.BYTES * length + bytes)
                .putInt(DIMENSIONS)
                .putInt(MAY_HOLD_NULLS)
                .putInt(type)
                .putInt(length)
                .putInt(FIRST_INDEX);
    }
}
