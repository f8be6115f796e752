package dev.meterbook.platform.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file of checkpoints, one a line, the newest last. A line is on disk when {@link #append}
 * returns. At {@value #MAX_LINES} lines (about 1.1 MB) the older half goes: what is left reaches
 * back an hour and a half at least. Written by one process at a time.
 */
public final class CheckpointFile {

    /** Lines at most. */
    public static final int MAX_LINES = 10_000;

    private final Path path;
    private int lines = -1;

    /** A file; it and its folder are made when the first line is written. */
    public CheckpointFile(Path path) {
        this.path = path;
    }

    /** The file of a service in a folder. */
    public static Path of(Path folder, String service) {
        return folder.resolve(service + ".checkpoints");
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /**
     * Writes one more.
     *
     * @throws IOException if it cannot be written: the file is as before, or holds part of the line
     */
    public void append(Checkpoint checkpoint) throws IOException {
        if (lines < 0) {
            Files.createDirectories(path.toAbsolutePath().getParent());
            lines = Files.exists(path) ? mend().size() : 0;
        }
        if (lines >= MAX_LINES) {
            rotate();
        }
        write(path, checkpoint.line() + "\n", CREATE, WRITE, APPEND);
        lines++;
    }

    /** A line that was cut off by a power cut must not swallow the next one. */
    private List<String> mend() throws IOException {
        List<String> all = Files.readAllLines(path, UTF_8);
        if (!all.isEmpty() && Checkpoint.parse(all.getLast()).isEmpty()) {
            write(path, "\n", WRITE, APPEND);
        }
        return all;
    }

    private void rotate() throws IOException {
        List<String> all = Files.readAllLines(path, UTF_8);
        List<String> kept = all.subList(Math.max(0, all.size() - MAX_LINES / 2), all.size());
        Path next = path.resolveSibling(path.getFileName() + ".next");
        write(next, String.join("\n", kept) + "\n", CREATE, WRITE, TRUNCATE_EXISTING);
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
        lines = kept.size();
    }

    private static void write(Path to, String text, OpenOption... options) throws IOException {
        try (FileChannel file = FileChannel.open(to, options)) {
            ByteBuffer bytes = UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        }
    }

    /**
     * Everything in it, in order; lines that are no checkpoints are left out.
     *
     * @throws IOException if it cannot be read
     */
    public List<Checkpoint> read() throws IOException {
        List<Checkpoint> all = new ArrayList<>();
        for (String line : Files.readAllLines(path, UTF_8)) {
            Optional<Checkpoint> checkpoint = Checkpoint.parse(line);
            checkpoint.ifPresent(all::add);
        }
        return all;
    }
}
