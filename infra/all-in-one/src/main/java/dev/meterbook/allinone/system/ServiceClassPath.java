package dev.meterbook.allinone.system;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The class path of one service alone, taken from the manifest of its jar: no other service and no
 * embedded server is on it. The jars are looked for beside the service's jar, in its {@code lib}
 * folder, and on this process' own class path.
 */
final class ServiceClassPath {

    private static final Pattern BLANKS = Pattern.compile(" +");

    private final Path jar;
    private final Map<String, Path> known;

    private ServiceClassPath(Path jar) {
        this.jar = jar;
        this.known = jarsOfThisProcess();
    }

    /**
     * The class path, in the form of the system.
     *
     * @throws CommandFailure if the service is not a jar, or one of its jars is missing
     */
    static String of(Service service) {
        ServiceClassPath classPath = new ServiceClassPath(jarOf(service));
        return Stream.concat(Stream.of(classPath.jar), classPath.libraries().stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path jarOf(Service service) {
        try {
            Path location =
                    Path.of(
                            service.mainClass()
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            if (!Files.isRegularFile(location)) {
                throw new CommandFailure(
                        "%s: %s (expected: a packaged jar; build with ./mvnw package)"
                                .formatted(service.id(), location));
            }
            return location;
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("a class path of URIs", impossible);
        }
    }

    private List<Path> libraries() {
        try (JarFile opened = new JarFile(jar.toFile())) {
            Manifest manifest = opened.getManifest();
            String entries =
                    manifest == null
                            ? null
                            : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            if (entries == null) {
                throw new CommandFailure(jar + ": no Class-Path (expected: the jar of a service)");
            }
            List<Path> libraries = new ArrayList<>();
            BLANKS.splitAsStream(entries.strip()).map(this::library).forEach(libraries::add);
            return libraries;
        } catch (IOException unreadable) {
            throw new CommandFailure("cannot read " + jar, unreadable);
        }
    }

    private Path library(String entry) {
        String name = entry.substring(entry.lastIndexOf('/') + 1);
        return Stream.of(jar.resolveSibling(entry), jar.resolveSibling(name))
                .filter(Files::isRegularFile)
                .findFirst()
                .or(() -> Optional.ofNullable(known.get(name)))
                .orElseThrow(
                        () -> new CommandFailure(jar + ": needs " + name + ", which is not there"));
    }

    private static Map<String, Path> jarsOfThisProcess() {
        String classPath = System.getProperty("java.class.path", "");
        return Arrays.stream(classPath.split(Pattern.quote(File.pathSeparator), -1))
                .map(Path::of)
                .filter(Files::isRegularFile)
                .collect(
                        Collectors.toMap(
                                path -> String.valueOf(path.getFileName()),
                                path -> path,
                                (first, second) -> first));
    }
}
