package dev.meterbook.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import java.util.regex.Pattern;

/** The 128-bit key under which a client-chosen id is stored. */
public final class CallKey {

    /** The longest client-chosen id, in characters. */
    public static final int MAX_ID_LENGTH = 200;

    private static final Pattern CANONICAL_UUID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private CallKey() {}

    /**
     * The key of an id: a UUID in lower-case canonical form is its own key; any other text is
     * mapped to the first 128 bits of the SHA-256 of its UTF-8 bytes.
     */
    public static UUID of(String id) {
        if (id.length() == 36 && CANONICAL_UUID.matcher(id).matches()) {
            return UUID.fromString(id);
        }
        ByteBuffer hash = ByteBuffer.wrap(sha256(id.getBytes(StandardCharsets.UTF_8)));
        return new UUID(hash.getLong(), hash.getLong());
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
