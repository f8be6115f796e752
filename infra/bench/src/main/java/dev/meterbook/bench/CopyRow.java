package dev.meterbook.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A row of the usage log, as PostgreSQL's COPY BINARY wants it.
 *
 * @param tenant bytes of the tenant's id
 * @param key the call's key
 * @param recordMicros record time, microseconds since 2000-01-01T00:00Z, PostgreSQL's epoch
 * @param type number of the event's type
 * @param payload the event
 */
record CopyRow(byte[] tenant, UUID key, long recordMicros, short type, byte[] payload) {

    /** Columns, in the order in which they are written. */
    static final String COLUMNS =
            "position, record_time, event_key, shard, event_type, tenant_id, payload";

    private static final int FIXED_BYTES = 2 + 7 * 4 + 8 + 8 + 16 + 2 + 2;
    private static final byte[] SIGNATURE =
            "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);

    /** The beginning of every COPY. */
    static void begin(ByteBuffer out) {
        out.put(SIGNATURE).putInt(0).putInt(0);
    }

    /** The end of every COPY. */
    static void end(ByteBuffer out) {
        out.putShort((short) -1);
    }

    /** How many bytes {@link #write} writes. */
    int size() {
        return FIXED_BYTES + tenant.length + payload.length;
    }

    /**
     * Writes the row.
     *
     * @param position its position
     * @param laterMillis moves the time within the key, which makes another key of it
     */
    void write(ByteBuffer out, long position, long laterMillis) {
        out.putShort((short) 7);
        out.putInt(8).putLong(position);
        out.putInt(8).putLong(recordMicros);
        out.putInt(16).putLong(key.getMostSignificantBits() + (laterMillis << 16));
        out.putLong(key.getLeastSignificantBits());
        out.putInt(2).putShort((short) 0);
        out.putInt(2).putShort(type);
        out.putInt(tenant.length).put(tenant);
        out.putInt(payload.length).put(payload);
    }
}
