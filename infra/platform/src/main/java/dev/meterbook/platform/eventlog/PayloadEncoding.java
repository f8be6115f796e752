package dev.meterbook.platform.eventlog;

import com.github.luben.zstd.Zstd;

/**
 * How the payload of an event stands in the table. What is hashed, compared and handed to readers
 * is always the payload itself. The number of an event's type says which encoding it has, so that
 * small events pay nothing for it.
 */
enum PayloadEncoding {
    /** As it is. */
    PLAIN(0),
    /**
     * One Zstandard frame, for events that pack many facts. The database would compress them too,
     * at ten times the cost.
     */
    ZSTD(1);

    /** Payloads below are not worth compressing, in bytes. */
    private static final int LEAST_TO_COMPRESS = 2_048;

    private static final int LEVEL = 1;

    /** A frame that claims to hold more is damaged. */
    private static final int MAX_BYTES = 1 << 30;

    private final int code;

    PayloadEncoding(int code) {
        this.code = code;
    }

    /** The number that stands in the table of types. */
    int code() {
        return code;
    }

    /** The encoding of a number. */
    static PayloadEncoding ofCode(int code) {
        return switch (code) {
            case 0 -> PLAIN;
            case 1 -> ZSTD;
            default ->
                    throw new IllegalStateException(
                            "event_type.encoding: " + code + " (expected: 0 or 1)");
        };
    }

    /**
     * A payload as it is to be stored; never longer than it is.
     *
     * @param encoding the shortest for it
     * @param bytes what to store
     */
    record Encoded(PayloadEncoding encoding, byte[] bytes) {}

    /** Encodes a payload. */
    static Encoded encode(byte[] payload) {
        if (payload.length >= LEAST_TO_COMPRESS) {
            byte[] frame = Zstd.compress(payload, LEVEL);
            if (frame.length < payload.length) {
                return new Encoded(ZSTD, frame);
            }
        }
        return new Encoded(PLAIN, payload);
    }

    /**
     * The payload of stored bytes.
     *
     * @throws IllegalStateException if they are damaged
     */
    byte[] decode(byte[] stored) {
        return switch (this) {
            case PLAIN -> stored;
            case ZSTD -> decompress(stored);
        };
    }

    private static byte[] decompress(byte[] stored) {
        long size = Zstd.getFrameContentSize(stored);
        if (size < 0 || size > MAX_BYTES) {
            throw new IllegalStateException("a payload is no Zstandard frame: it was changed");
        }
        byte[] payload = new byte[(int) size];
        long got = Zstd.decompress(payload, stored);
        if (Zstd.isError(got) || got != size) {
            throw new IllegalStateException("a Zstandard frame is damaged: it was changed");
        }
        return payload;
    }
}
