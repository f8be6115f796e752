package dev.meterbook.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders for the data of one run, below the home of Meterbook. */
public final class PassingFolder {

    private PassingFolder() {}

    /** Where Meterbook keeps its data and logs. */
    static Path home() {
        return Path.of(System.getProperty("meterbook.home", ".meterbook")).toAbsolutePath();
    }

    /**
     * A new folder. Not a private one: PostgreSQL may run as another user, who must get through.
     */
    public static Path make(String name) {
        try {
            return Files.createDirectories(home().resolve(name + "-" + System.currentTimeMillis()));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** Takes a folder away with all that is in it; what is gone already is no fault. */
    public static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException gone) {
            return;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
