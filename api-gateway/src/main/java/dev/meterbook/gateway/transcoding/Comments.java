package dev.meterbook.gateway.transcoding;

import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The comments of contracts, by full name of what they stand above. Paragraphs are kept. */
public final class Comments {

    // Field numbers of descriptor.proto, of which the paths in the source information are made.
    private static final int FILE_MESSAGE = 4;
    private static final int FILE_ENUM = 5;
    private static final int FILE_SERVICE = 6;
    private static final int MESSAGE_FIELD = 2;
    private static final int MESSAGE_NESTED = 3;
    private static final int MESSAGE_ENUM = 4;
    private static final int ENUM_VALUE = 2;
    private static final int SERVICE_METHOD = 2;

    private static final Pattern LINE_BREAK_IN_PARAGRAPH = Pattern.compile("(?<!\n)\n(?!\n)");
    private static final Pattern PARAGRAPH_BREAK = Pattern.compile("\n{2,}");

    private final Map<String, String> byFullName = new HashMap<>();

    private Comments() {}

    static Comments of(List<FileDescriptor> files) {
        var comments = new Comments();
        files.forEach(comments::addFile);
        return comments;
    }

    /** The comment above a declaration, as one line for each paragraph; empty for none. */
    public String of(GenericDescriptor declaration) {
        return byFullName.getOrDefault(declaration.getFullName(), "");
    }

    private void addFile(FileDescriptor file) {
        Map<List<Integer>, String> texts = new HashMap<>();
        for (Location location : file.toProto().getSourceCodeInfo().getLocationList()) {
            if (location.hasLeadingComments()) {
                texts.put(location.getPathList(), tidy(location.getLeadingComments()));
            }
        }
        for (Descriptor message : file.getMessageTypes()) {
            addMessage(message, path(List.of(), FILE_MESSAGE, message.getIndex()), texts);
        }
        for (EnumDescriptor type : file.getEnumTypes()) {
            addEnum(type, path(List.of(), FILE_ENUM, type.getIndex()), texts);
        }
        for (ServiceDescriptor service : file.getServices()) {
            List<Integer> path = path(List.of(), FILE_SERVICE, service.getIndex());
            add(service, path, texts);
            service.getMethods()
                    .forEach(rpc -> add(rpc, path(path, SERVICE_METHOD, rpc.getIndex()), texts));
        }
    }

    private void addMessage(
            Descriptor message, List<Integer> path, Map<List<Integer>, String> texts) {
        add(message, path, texts);
        message.getFields()
                .forEach(field -> add(field, path(path, MESSAGE_FIELD, field.getIndex()), texts));
        for (Descriptor nested : message.getNestedTypes()) {
            addMessage(nested, path(path, MESSAGE_NESTED, nested.getIndex()), texts);
        }
        for (EnumDescriptor type : message.getEnumTypes()) {
            addEnum(type, path(path, MESSAGE_ENUM, type.getIndex()), texts);
        }
    }

    private void addEnum(
            EnumDescriptor type, List<Integer> path, Map<List<Integer>, String> texts) {
        add(type, path, texts);
        type.getValues()
                .forEach(value -> add(value, path(path, ENUM_VALUE, value.getIndex()), texts));
    }

    private void add(
            GenericDescriptor declaration, List<Integer> path, Map<List<Integer>, String> texts) {
        String text = texts.get(path);
        if (text != null) {
            byFullName.put(declaration.getFullName(), text);
        }
    }

    private static List<Integer> path(List<Integer> parent, int field, int index) {
        var path = new ArrayList<>(parent);
        path.add(field);
        path.add(index);
        return path;
    }

    private static String tidy(String comment) {
        String text = comment.lines().map(String::strip).reduce((a, b) -> a + "\n" + b).orElse("");
        String joined = LINE_BREAK_IN_PARAGRAPH.matcher(text.strip()).replaceAll(" ");
        return PARAGRAPH_BREAK.matcher(joined).replaceAll("\n\n");
    }
}
