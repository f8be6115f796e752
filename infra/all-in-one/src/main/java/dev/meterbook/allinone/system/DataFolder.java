package dev.meterbook.allinone.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder with everything that outlives a process: {@code .meterbook} by default.
 *
 * @param root the folder itself; made if absent
 */
public record DataFolder(Path root) {

    /** Makes the folder. */
    public DataFolder {
        root = root.toAbsolutePath().normalize();
        try {
            Files.createDirectories(root);
        } catch (IOException refused) {
            throw new CommandFailure("data: cannot make folder " + root, refused);
        }
    }

    /** Home of the embedded PostgreSQL. */
    public Path postgres() {
        return root.resolve("postgres");
    }

    /** Home of the embedded Redis. */
    public Path redis() {
        return root.resolve("redis");
    }

    /** Passwords and the operator's key, for the owner's eyes. */
    public Path secrets() {
        return root.resolve("secrets.properties");
    }

    /** Where the running Meterbook of this folder is to be reached; absent while none runs. */
    public Path running() {
        return root.resolve("running.properties");
    }

    /** Keys and sign-ins that the demo has made, for the owner's eyes. */
    public Path demo() {
        return root.resolve("demo.properties");
    }

    /** A log file; its folder is made. */
    public Path log(String name) {
        try {
            return Files.createDirectories(root.resolve("logs")).resolve(name + ".log");
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
