package dev.meterbook.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Server programs unpacked from the class path, once per user and version.
 *
 * <p>They lie in {@code $XDG_CACHE_HOME/meterbook} or {@code ~/.cache/meterbook}, and not in the
 * shared temporary directory, where another user of the machine could have put programs of his own.
 */
final class Binaries {
    private Binaries() {}

    /** The folder that holds PostgreSQL's {@code bin}, {@code lib} and {@code share}. */
    static Path postgres() {
        URL archive = resource(HostMachine.current().postgresArchive());
        return unpacked("postgresql", archive, Binaries::unpackArchive);
    }

    /** Redis's executable file. */
    static Path redis() {
        URL executable = resource(HostMachine.current().redisExecutable());
        return unpacked("redis", executable, Binaries::copyExecutable).resolve("redis-server");
    }

    private interface Unpacking {
        void into(Path folder, InputStream source) throws IOException;
    }

    private static Path unpacked(String name, URL source, Unpacking unpacking) {
        try {
            Path folder = cache().resolve(name + "-" + fingerprint(source));
            if (!Files.isDirectory(folder)) {
                unpack(folder, source, unpacking);
            }
            return folder;
        } catch (IOException e) {
            throw new EmbeddedServerException("cannot unpack " + name + ": " + e, e);
        }
    }

    /** Unpacks beside the folder and renames, so that a folder is complete or is not there. */
    private static void unpack(Path folder, URL source, Unpacking unpacking) throws IOException {
        Path draft = Files.createTempDirectory(folder.getParent(), "unpacking-");
        try {
            try (InputStream in = source.openStream()) {
                unpacking.into(draft, in);
            }
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(draft, folder);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            // Another process was faster; its copy is as good as this one.
        } finally {
            Folders.delete(draft);
        }
    }

    private static void unpackArchive(Path folder, InputStream source) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(source))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                unpackEntry(folder, tar, entry);
            }
        }
    }

    private static void unpackEntry(Path folder, TarArchiveInputStream tar, TarArchiveEntry entry)
            throws IOException {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("entry outside its archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, target);
            boolean executable = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                    target,
                    PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private static void copyExecutable(Path folder, InputStream source) throws IOException {
        Path target = folder.resolve("redis-server");
        Files.copy(source, target);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Checksum and size from the jar's directory: cheap, and other bytes give another folder. */
    private static String fingerprint(URL source) throws IOException {
        if (source.openConnection() instanceof JarURLConnection connection) {
            ZipEntry entry = connection.getJarEntry();
            return Long.toHexString(entry.getCrc()) + "-" + entry.getSize();
        }
        throw new IOException("not in a jar: " + source);
    }

    private static URL resource(String name) {
        URL found = Binaries.class.getResource("/" + name);
        if (found == null) {
            throw new EmbeddedServerException("server binary missing on the class path: " + name);
        }
        return found;
    }

    private static Path cache() throws IOException {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path base =
                configured == null || configured.isEmpty()
                        ? Path.of(System.getProperty("user.home", "."), ".cache")
                        : Path.of(configured);
        Path cache = base.resolve("meterbook");
        Files.createDirectories(cache);
        return cache.toAbsolutePath();
    }
}
