package dev.meterbook.budget.redis;

import dev.meterbook.budget.application.counting.Epoch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The script of one epoch: a first line makes its text, and so its hash, differ from that of every
 * other epoch.
 *
 * @param epoch which epoch
 * @param text the script
 * @param sha1 by which Redis knows it
 * @param prefix of every key
 */
record EpochScript(Epoch epoch, String text, String sha1, String prefix) {

    /** Of every key of every epoch; the braces put all of them into one slot of a cluster. */
    static final String ROOT = "meterbook:{budget}:";

    private static final String BODY = body();

    static EpochScript of(Epoch epoch) {
        String text = "-- epoch " + epoch.uid() + "\n" + BODY;
        return new EpochScript(epoch, text, sha1(text), ROOT + epoch.uid() + ":");
    }

    String stateKey() {
        return prefix + "state";
    }

    private static String body() {
        try (InputStream in = EpochScript.class.getResourceAsStream("/redis/budget/counters.lua")) {
            if (in == null) {
                throw new IllegalStateException(
                        "redis/budget/counters.lua is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String sha1(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-1", impossible);
        }
    }
}
