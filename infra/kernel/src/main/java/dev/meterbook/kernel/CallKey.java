package dev.meterbook.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** The 128-bit key under which a client-chosen id is stored. */
public final class CallKey {

    /** The longest client-chosen id, in characters. */
    public static final int MAX_ID_LENGTH = 200;

    private static final int UUID_LENGTH = 36;

    private CallKey() {}

    /**
     * The key of an id: a UUID in lower-case canonical form is its own key; any other text is
     * mapped to the first 128 bits of the SHA-256 of its UTF-8 bytes.
     */
    public static UUID of(String id) {
        if (isItsOwnKey(id)) {
            return UUID.fromString(id);
        }
        ByteBuffer hash = ByteBuffer.wrap(sha256(id.getBytes(StandardCharsets.UTF_8)));
        return new UUID(hash.getLong(), hash.getLong());
    }

    /** True for a UUID in lower-case canonical form: the text of its key is the id itself. */
    public static boolean isItsOwnKey(String id) {
        if (id.length() != UUID_LENGTH) {
            return false;
        }
        for (int i = 0; i < UUID_LENGTH; i++) {
            boolean fits =
                    switch (i) {
                        case 8, 13, 18, 23 -> id.charAt(i) == '-';
                        default -> isHexDigit(id.charAt(i));
                    };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHexDigit(char digit) {
        return (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f');
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
