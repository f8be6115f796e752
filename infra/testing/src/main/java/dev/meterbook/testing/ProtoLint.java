package dev.meterbook.testing;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Checks contracts for form: names, packages, zero values, one request and response per call, an
 * HTTP binding for every unary call, and a comment on everything.
 *
 * <p>The rules are those that protobuf's style guide and the API improvement proposals give; a call
 * answers with its own response message, with the resource it is about, or with nothing. The
 * reasons are stable words, each finding reads {@code file: element: REASON}.
 */
public final class ProtoLint {
    private static final Pattern PACKAGE =
            Pattern.compile("meterbook(\\.[a-z][a-z0-9_]*)+\\.v[0-9]+");
    private static final Pattern LOWER_SNAKE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");
    private static final Pattern UPPER_SNAKE = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");
    private static final Pattern PASCAL = Pattern.compile("([A-Z][a-z0-9]*)+");
    private static final Pattern WORD_END = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    /** Extension number of {@code google.api.http}. */
    private static final int HTTP_BINDING = 72295728;

    private final List<String> findings = new ArrayList<>();
    private final Map<String, String> requests = new HashMap<>();
    private final Map<String, String> responses = new HashMap<>();

    private ProtoLint() {}

    /**
     * The findings in all files whose path starts with the folder, in the set's order.
     *
     * @param files descriptors with imports and source info
     * @param folder as in {@code meterbook/}; files of others are only looked up
     */
    public static List<String> findings(FileDescriptorSet files, String folder) {
        ProtoLint lint = new ProtoLint();
        files.getFileList().stream()
                .filter(file -> file.getName().startsWith(folder))
                .forEach(lint::check);
        return List.copyOf(lint.findings);
    }

    private void check(FileDescriptorProto file) {
        Scope scope = new Scope(file.getName(), Comments.of(file), findings);
        checkFile(file, scope);
        for (int i = 0; i < file.getMessageTypeCount(); i++) {
            checkMessage(file.getMessageType(i), scope.child("", 4, i));
        }
        for (int i = 0; i < file.getEnumTypeCount(); i++) {
            checkEnum(file.getEnumType(i), scope.child("", 5, i));
        }
        for (int i = 0; i < file.getServiceCount(); i++) {
            checkService(file, file.getService(i), scope.child("", 6, i));
        }
    }

    private static void checkFile(FileDescriptorProto file, Scope scope) {
        String name = file.getName();
        int slash = name.lastIndexOf('/');
        String folder = slash < 0 ? "" : name.substring(0, slash);
        String base = name.substring(slash + 1).replaceFirst("\\.proto$", "");
        scope.require(file.getSyntax().equals("proto3"), "SYNTAX_PROTO3");
        scope.require(PACKAGE.matcher(file.getPackage()).matches(), "PACKAGE_VERSION_SUFFIX");
        scope.require(
                folder.equals(file.getPackage().replace('.', '/')), "PACKAGE_DIRECTORY_MATCH");
        scope.require(LOWER_SNAKE.matcher(base).matches(), "FILE_LOWER_SNAKE_CASE");
        scope.require(file.getPublicDependencyCount() == 0, "IMPORT_NO_PUBLIC");
        scope.require(file.getOptions().getJavaMultipleFiles(), "JAVA_MULTIPLE_FILES");
        scope.require(
                file.getOptions()
                        .getJavaPackage()
                        .equals(
                                file.getPackage()
                                        .replaceFirst("^meterbook", "dev.meterbook.proto")),
                "JAVA_PACKAGE");
    }

    private void checkMessage(DescriptorProto message, Scope parent) {
        if (message.getOptions().getMapEntry()) {
            return;
        }
        Scope scope = parent.named(message.getName());
        scope.requireComment("COMMENT_MESSAGE");
        scope.require(PASCAL.matcher(message.getName()).matches(), "MESSAGE_PASCAL_CASE");
        for (int i = 0; i < message.getFieldCount(); i++) {
            checkField(message.getField(i), scope.child(".", 2, i));
        }
        for (int i = 0; i < message.getNestedTypeCount(); i++) {
            checkMessage(message.getNestedType(i), scope.child(".", 3, i));
        }
        for (int i = 0; i < message.getEnumTypeCount(); i++) {
            checkEnum(message.getEnumType(i), scope.child(".", 4, i));
        }
        checkOneofs(message, scope);
    }

    private static void checkOneofs(DescriptorProto message, Scope scope) {
        for (int i = 0; i < message.getOneofDeclCount(); i++) {
            int index = i;
            boolean synthetic =
                    message.getFieldList().stream()
                            .anyMatch(
                                    field ->
                                            field.getProto3Optional()
                                                    && field.getOneofIndex() == index);
            if (!synthetic) {
                Scope oneof = scope.child(".", 8, i).named(message.getOneofDecl(i).getName());
                oneof.requireComment("COMMENT_ONEOF");
                oneof.requireName(LOWER_SNAKE, "ONEOF_LOWER_SNAKE_CASE");
            }
        }
    }

    private static void checkField(FieldDescriptorProto field, Scope parent) {
        Scope scope = parent.named(field.getName());
        scope.requireComment("COMMENT_FIELD");
        scope.requireName(LOWER_SNAKE, "FIELD_LOWER_SNAKE_CASE");
        boolean time = field.getTypeName().equals(".google.protobuf.Timestamp");
        scope.require(!time || field.getName().matches("(.*_)?time"), "TIMESTAMP_FIELD_SUFFIX");
        boolean floating =
                field.getType() == FieldDescriptorProto.Type.TYPE_DOUBLE
                        || field.getType() == FieldDescriptorProto.Type.TYPE_FLOAT;
        scope.require(!floating, "FIELD_NOT_FLOATING");
    }

    private static void checkEnum(EnumDescriptorProto type, Scope parent) {
        Scope scope = parent.named(type.getName());
        scope.requireComment("COMMENT_ENUM");
        scope.require(PASCAL.matcher(type.getName()).matches(), "ENUM_PASCAL_CASE");
        scope.require(!type.getOptions().getAllowAlias(), "ENUM_NO_ALLOW_ALIAS");
        String prefix = upperSnake(type.getName()) + "_";
        for (int i = 0; i < type.getValueCount(); i++) {
            EnumValueDescriptorProto value = type.getValue(i);
            Scope member = scope.child(".", 2, i).named(value.getName());
            member.requireComment("COMMENT_ENUM_VALUE");
            member.requireName(UPPER_SNAKE, "ENUM_VALUE_UPPER_SNAKE_CASE");
            member.require(value.getName().startsWith(prefix), "ENUM_VALUE_PREFIX");
            member.require(
                    value.getNumber() != 0 || value.getName().equals(prefix + "UNSPECIFIED"),
                    "ENUM_ZERO_VALUE_SUFFIX");
        }
    }

    private void checkService(
            FileDescriptorProto file, ServiceDescriptorProto service, Scope parent) {
        Scope scope = parent.named(service.getName());
        scope.requireComment("COMMENT_SERVICE");
        scope.require(PASCAL.matcher(service.getName()).matches(), "SERVICE_PASCAL_CASE");
        scope.require(service.getName().endsWith("Service"), "SERVICE_SUFFIX");
        for (int i = 0; i < service.getMethodCount(); i++) {
            checkCall(file, service.getMethod(i), scope.child(".", 2, i));
        }
    }

    private void checkCall(FileDescriptorProto file, MethodDescriptorProto call, Scope parent) {
        Scope scope = parent.named(call.getName());
        scope.requireComment("COMMENT_RPC");
        scope.require(PASCAL.matcher(call.getName()).matches(), "RPC_PASCAL_CASE");
        String own = "." + file.getPackage() + "." + call.getName();
        scope.require(call.getInputType().equals(own + "Request"), "RPC_REQUEST_STANDARD_NAME");
        String answer = call.getOutputType();
        boolean ownAnswer = answer.equals(own + "Response");
        scope.require(ownAnswer || !answer.endsWith("Response"), "RPC_RESPONSE_STANDARD_NAME");
        String full = own.substring(1);
        scope.require(
                requests.putIfAbsent(call.getInputType(), full) == null, "RPC_REQUEST_UNIQUE");
        scope.require(
                !ownAnswer || responses.putIfAbsent(answer, full) == null, "RPC_RESPONSE_UNIQUE");
        boolean unary = !call.getClientStreaming() && !call.getServerStreaming();
        boolean bound = call.getOptions().getUnknownFields().hasField(HTTP_BINDING);
        scope.require(!unary || bound, "RPC_HTTP_BINDING");
    }

    private static String upperSnake(String pascal) {
        return WORD_END.matcher(pascal).replaceAll("_").toUpperCase(Locale.ROOT);
    }

    /** One element: how it is called in findings, and where its comment lies. */
    private record Scope(
            String file,
            String name,
            List<Integer> path,
            Comments comments,
            List<String> findings) {
        Scope(String file, Comments comments, List<String> findings) {
            this(file, "", List.of(), comments, findings);
        }

        Scope child(String separator, int kind, int index) {
            List<Integer> longer = new ArrayList<>(path);
            longer.add(kind);
            longer.add(index);
            return new Scope(file, name + separator, List.copyOf(longer), comments, findings);
        }

        Scope named(String word) {
            return new Scope(file, name + word, path, comments, findings);
        }

        void require(boolean condition, String reason) {
            if (!condition) {
                findings.add(file + ": " + name + ": " + reason);
            }
        }

        void requireComment(String reason) {
            require(comments.has(path), reason);
        }

        void requireName(Pattern form, String reason) {
            require(form.matcher(name.substring(name.lastIndexOf('.') + 1)).matches(), reason);
        }
    }

    /** The paths of a file that have a comment of their own in front. */
    private record Comments(Set<List<Integer>> paths) {
        static Comments of(FileDescriptorProto file) {
            return new Comments(
                    file.getSourceCodeInfo().getLocationList().stream()
                            .filter(location -> !location.getLeadingComments().isBlank())
                            .map(location -> location.getPathList())
                            .collect(Collectors.toSet()));
        }

        boolean has(List<Integer> path) {
            return paths.contains(path);
        }
    }
}
