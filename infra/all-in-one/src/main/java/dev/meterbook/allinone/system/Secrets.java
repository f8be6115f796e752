package dev.meterbook.allinone.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Map;
import java.util.TreeMap;

/**
 * Passwords of the database roles and the operator's key, under the names of the environment
 * variables that carry them to a service. They are made once and kept in the data folder; what the
 * environment names goes before them.
 */
public final class Secrets {

    /** Environment variable with the operator's API key. */
    public static final String OPERATOR_KEY = "METERBOOK_OPERATOR_KEY";

    private static final String ALPHABET =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** 43 of 62 characters hold 256 bits. */
    private static final int LENGTH = 43;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, String> values;

    private Secrets(Map<String, String> values) {
        this.values = values;
    }

    /** The secrets of a data folder; those that are missing are made and stored. */
    public static Secrets of(DataFolder data, Map<String, String> environment) {
        Map<String, String> values = new TreeMap<>(stored(data));
        values.replaceAll((name, value) -> fromEnvironment(environment, name, value));
        return new Secrets(values);
    }

    private static String fromEnvironment(
            Map<String, String> environment, String name, String otherwise) {
        String given = environment.getOrDefault(name, "");
        return given.isBlank() ? otherwise : given;
    }

    /** Two processes may be the first at once, so the file is made under a lock. */
    private static Map<String, String> stored(DataFolder data) {
        Path lock = data.root().resolve("secrets.lock");
        try (FileChannel channel =
                        FileChannel.open(
                                lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            Map<String, String> values = PrivateFile.read(data.secrets());
            if (complete(values) && held.isValid()) {
                PrivateFile.write(
                        data.secrets(), "Secrets of this Meterbook. Keep this file safe.", values);
            }
            return values;
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot lock " + lock, refused);
        }
    }

    private static boolean complete(Map<String, String> values) {
        int before = values.size();
        for (Service service : Service.values()) {
            values.computeIfAbsent(service.passwordVariable(), any -> random());
            values.computeIfAbsent(service.ownerPasswordVariable(), any -> random());
        }
        values.computeIfAbsent(OPERATOR_KEY, any -> "mb_operator_" + random());
        return values.size() > before;
    }

    /** A new secret: letters and digits with 256 random bits. */
    public static String random() {
        StringBuilder text = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** Password of the service's run-time role. */
    public String password(Service service) {
        return value(service.passwordVariable());
    }

    /** Password of the role that runs the service's migrations. */
    public String ownerPassword(Service service) {
        return value(service.ownerPasswordVariable());
    }

    /** The operator's API key. */
    public String operatorKey() {
        return value(OPERATOR_KEY);
    }

    private String value(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException(name + " was not made");
        }
        return value;
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "Secrets" + values.keySet();
    }
}
