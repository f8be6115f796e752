package dev.meterbook.gateway.transcoding;

import com.google.api.AnnotationsProto;
import com.google.api.ClientProto;
import com.google.api.FieldBehaviorProto;
import com.google.api.ResourceProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.ExtensionRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The contracts of all services as descriptors with their comments, read from the descriptor set in
 * the proto jar. Immutable.
 */
public final class Contracts {

    private static final String RESOURCE = "META-INF/meterbook/descriptors.pb";
    private static final String OWN_PACKAGES = "meterbook.";

    private final List<ServiceDescriptor> services;
    private final Comments comments;

    private Contracts(List<FileDescriptor> files) {
        services =
                files.stream()
                        .filter(file -> file.getPackage().startsWith(OWN_PACKAGES))
                        .flatMap(file -> file.getServices().stream())
                        .sorted(Comparator.comparing(ServiceDescriptor::getFullName))
                        .toList();
        comments = Comments.of(files);
    }

    /**
     * Reads the contracts on the class path.
     *
     * @throws IllegalStateException if they are missing or broken
     */
    public static Contracts load() {
        try (InputStream in = Contracts.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("class path: no " + RESOURCE);
            }
            return of(FileDescriptorSet.parseFrom(in, extensions()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The contracts of a descriptor set that holds its imports.
     *
     * @throws IllegalStateException if a file does not build
     */
    public static Contracts of(FileDescriptorSet set) {
        Map<String, FileDescriptorProto> sources = new HashMap<>();
        set.getFileList().forEach(file -> sources.put(file.getName(), file));
        Map<String, FileDescriptor> built = new HashMap<>();
        List<FileDescriptor> files =
                set.getFileList().stream().map(file -> build(file, sources, built)).toList();
        return new Contracts(files);
    }

    /** Services of the product, by full name. */
    public List<ServiceDescriptor> services() {
        return services;
    }

    /** What the contracts say about themselves. */
    public Comments comments() {
        return comments;
    }

    /**
     * The short name of the service that a contract belongs to: {@code metering} of {@code
     * meterbook.metering.v1}.
     */
    public static String shortName(FileDescriptor file) {
        String[] parts = file.getPackage().split("\\.", -1);
        return parts.length > 1 ? parts[1] : file.getPackage();
    }

    private static ExtensionRegistry extensions() {
        ExtensionRegistry registry = ExtensionRegistry.newInstance();
        AnnotationsProto.registerAllExtensions(registry);
        FieldBehaviorProto.registerAllExtensions(registry);
        ResourceProto.registerAllExtensions(registry);
        ClientProto.registerAllExtensions(registry);
        return registry;
    }

    private static FileDescriptor build(
            FileDescriptorProto source,
            Map<String, FileDescriptorProto> sources,
            Map<String, FileDescriptor> built) {
        FileDescriptor known = built.get(source.getName());
        if (known != null) {
            return known;
        }
        FileDescriptor[] imports =
                source.getDependencyList().stream()
                        .map(name -> build(required(sources, name), sources, built))
                        .toArray(FileDescriptor[]::new);
        try {
            FileDescriptor file = FileDescriptor.buildFrom(source, imports);
            built.put(source.getName(), file);
            return file;
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException("contract: " + source.getName(), e);
        }
    }

    private static FileDescriptorProto required(
            Map<String, FileDescriptorProto> sources, String name) {
        FileDescriptorProto source = sources.get(name);
        if (source == null) {
            throw new IllegalStateException("contract: " + name + " (expected: in the same set)");
        }
        return source;
    }
}
