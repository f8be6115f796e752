package dev.meterbook.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A server's folder, held by one JVM at a time: lock, password, log and data. */
final class ServerHome implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int PASSWORD_BYTES = 24;

    private final Path folder;
    private final FileChannel lock;

    private ServerHome(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    static ServerHome open(Path folder) throws IOException {
        Path home = Folders.createPrivate(folder).toRealPath();
        FileChannel channel =
                FileChannel.open(
                        home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new EmbeddedServerException(home + " is in use by another running Meterbook");
        }
        return new ServerHome(home, channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    Path folder() {
        return folder;
    }

    Path log() {
        return folder.resolve("server.log");
    }

    /** The server's password: made at the first start, then kept in a file for its owner's eyes. */
    String password() throws IOException {
        Path file = folder.resolve("password");
        if (!Files.exists(file)) {
            byte[] secret = new byte[PASSWORD_BYTES];
            RANDOM.nextBytes(secret);
            Folders.writePrivate(file, HexFormat.of().formatHex(secret));
        }
        return Files.readString(file, StandardCharsets.US_ASCII).strip();
    }

    /** Lets go of a home whose server did not start. */
    void abandon(Durability durability) throws IOException {
        close();
        if (durability == Durability.TEMPORARY) {
            Folders.delete(folder);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new EmbeddedServerException("cannot release " + folder, e);
        }
    }
}
