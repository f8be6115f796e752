package dev.meterbook.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a server is started that refuses to run as root, as PostgreSQL does.
 *
 * <p>An ordinary user starts it as himself. Root starts it in a user namespace of its own, where it
 * has no special right and root's files still are its own; where the system forbids user namespaces
 * (as many containers do) it runs as {@code nobody}, with the one capability to reach its files.
 */
enum Privilege {
    /** The user that runs this JVM. */
    SAME_USER {
        @Override
        List<String> prefix() {
            return List.of();
        }
    },
    /** {@code unshare -U} of util-linux. */
    USER_NAMESPACE {
        @Override
        List<String> prefix() {
            return List.of("unshare", "-U", "--");
        }
    },
    /** {@code setpriv} of util-linux. */
    NOBODY {
        @Override
        List<String> prefix() {
            return List.of(
                    "setpriv",
                    "--reuid=" + output("id", "-u", "nobody"),
                    "--regid=" + output("id", "-g", "nobody"),
                    "--clear-groups",
                    "--securebits=+no_setuid_fixup",
                    "--inh-caps=-all,+dac_override",
                    "--ambient-caps=+dac_override",
                    "--bounding-set=-all,+dac_override",
                    "--");
        }
    };

    /** The words that stand before the server's own command. */
    abstract List<String> prefix();

    /** The first way that this system allows. */
    static Privilege detect() {
        if (!output("id", "-u").equals("0")) {
            return SAME_USER;
        }
        for (Privilege candidate : List.of(USER_NAMESPACE, NOBODY)) {
            if (candidate.works()) {
                return candidate;
            }
        }
        throw new EmbeddedServerException(
                "PostgreSQL does not run as root, and neither unshare nor setpriv (package util-linux)"
                        + " works here: start Meterbook as an ordinary user");
    }

    boolean works() {
        List<String> command = new ArrayList<>(prefix());
        command.add("true");
        return run(command) == 0;
    }

    /** Gives the server's files to the user it will run as. */
    void own(Path folder) {
        String owner = this == NOBODY ? output("id", "-u", "nobody") : output("id", "-u");
        if (output("id", "-u").equals("0")
                && run(List.of("chown", "-R", owner, folder.toString())) != 0) {
            throw new EmbeddedServerException("cannot give " + folder + " to user " + owner);
        }
    }

    private static int run(List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return 127;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedServerException("interrupted: " + command, e);
        }
    }

    private static String output(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .strip();
        } catch (IOException e) {
            throw new EmbeddedServerException("cannot run " + String.join(" ", command), e);
        }
    }
}
