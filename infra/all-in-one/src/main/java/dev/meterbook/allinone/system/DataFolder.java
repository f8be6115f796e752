package dev.meterbook.allinone.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The folder with everything that outlives a process: {@code .meterbook} by default.
 *
 * @param root the folder itself; made if absent
 */
public record DataFolder(Path root) {

    /** Environment variable that names the folder of checkpoints. */
    public static final String CHECKPOINT_FOLDER = "METERBOOK_CHECKPOINT_FOLDER";

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

    /**
     * Where the services write down where their logs end: the folder that {@value
     * #CHECKPOINT_FOLDER} names, or one in here.
     */
    public Path checkpoints(Map<String, String> environment) {
        String named = environment.getOrDefault(CHECKPOINT_FOLDER, "");
        return named.isBlank()
                ? root.resolve("checkpoints")
                : Path.of(named).toAbsolutePath().normalize();
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
