package dev.meterbook.allocation.grpc;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A short text that tells requests apart. */
final class Fingerprint {

    private static final int BYTES = 8;

    private Fingerprint() {}

    static String of(byte[] request) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(request);
            return HexFormat.of().formatHex(Arrays.copyOf(hash, BYTES));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
