package dev.meterbook.platform.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A credential as the caller sends it: {@code mb_<key id>_<secret>}. Only the hash of the secret is
 * ever stored; the secret has 256 random bits, so a plain SHA-256 keeps it safe.
 *
 * @param keyId public part, 1 to 32 of a-z and 0-9
 * @param secret secret part, 16 to 128 letters and digits
 */
public record ApiKey(String keyId, String secret) {

    private static final Pattern FORM =
            Pattern.compile("mb_([a-z0-9]{1,32})_([A-Za-z0-9]{16,128})");

    /** Reads a credential; empty if it has not the form of one. */
    public static Optional<ApiKey> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new ApiKey(matcher.group(1), matcher.group(2)))
                : Optional.empty();
    }

    /** SHA-256 of the secret, 32 bytes. */
    public byte[] secretHash() {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(secret.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** The credential as the caller sends it; to be shown once, never logged or stored. */
    public String text() {
        return "mb_" + keyId + "_" + secret;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "ApiKey[" + keyId + "]";
    }
}
