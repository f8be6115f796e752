package dev.meterbook.gateway.access;

import dev.meterbook.platform.security.ApiKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Random texts that nobody can guess. Thread-safe. */
public final class Secrets {

    private static final String DIGITS =
            "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int SECRET_BYTES = 32;

    /** 62^43 is above 2^256. */
    private static final int SECRET_LENGTH = 43;

    private static final int KEY_ID_LENGTH = 12;

    private final SecureRandom random;

    /** Draws from the given source. */
    public Secrets(SecureRandom random) {
        this.random = random;
    }

    /** 256 random bits as 43 letters and digits. */
    public String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        BigInteger number = new BigInteger(1, bytes);
        BigInteger base = BigInteger.valueOf(DIGITS.length());
        var text = new StringBuilder(SECRET_LENGTH);
        for (int i = 0; i < SECRET_LENGTH; i++) {
            BigInteger[] parts = number.divideAndRemainder(base);
            text.append(DIGITS.charAt(parts[1].intValue()));
            number = parts[0];
        }
        return text.toString();
    }

    /** A random public part of a key: 12 characters of a-z and 0-9. */
    public String keyId() {
        var text = new StringBuilder(KEY_ID_LENGTH);
        for (int i = 0; i < KEY_ID_LENGTH; i++) {
            // Lower-case letters and digits stand first.
            text.append(DIGITS.charAt(random.nextInt(36)));
        }
        return text.toString();
    }

    /** A new key with the given public part. */
    public ApiKey apiKey(String keyId) {
        return new ApiKey(keyId, secret());
    }

    /** SHA-256 of a text as hexadecimal digits: what is stored instead of the text. */
    public static String hash(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** True if both are the same, in a time that does not tell how much of them is. */
    public static boolean areEqual(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
