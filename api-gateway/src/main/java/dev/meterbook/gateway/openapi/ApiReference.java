package dev.meterbook.gateway.openapi;

import com.google.api.FieldBehavior;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.meterbook.gateway.transcoding.Comments;
import dev.meterbook.gateway.transcoding.Contracts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The reference of the interface as a page shows it.
 *
 * @param services by name
 * @param types every message and enumeration that a request or answer holds, by name
 */
public record ApiReference(List<Service> services, List<Type> types) {

    /**
     * A service.
     *
     * @param name simple name
     * @param fullName with package, as gRPC calls it
     * @param paragraphs what it says about itself
     * @param rpcs its rpcs in the order of the contract
     */
    public record Service(String name, String fullName, List<String> paragraphs, List<Rpc> rpcs) {}

    /**
     * An rpc.
     *
     * @param name simple name
     * @param anchor unique on the page
     * @param summary first sentence
     * @param paragraphs what it says about itself
     * @param lines the ways to call it over HTTP; none for streams, which are gRPC only
     * @param query what may be told in the query
     * @param request name of the request type
     * @param response name of the answer type
     */
    public record Rpc(
            String name,
            String anchor,
            String summary,
            List<String> paragraphs,
            List<Line> lines,
            List<Member> query,
            String request,
            String response) {}

    /**
     * One way to call an rpc over HTTP.
     *
     * @param method such as {@code GET}
     * @param path such as {@code /v1/tenants/{tenant}}
     */
    public record Line(String method, String path) {}

    /**
     * A message or an enumeration.
     *
     * @param name short name, such as {@code metering.MeteredCall}
     * @param paragraphs what it says about itself
     * @param members fields or values
     */
    public record Type(String name, List<String> paragraphs, List<Member> members) {}

    /**
     * A field, a value or a query parameter.
     *
     * @param name its name
     * @param type its type as text; empty for values
     * @param link name of the type to jump to; empty for none
     * @param note REQUIRED or OUTPUT ONLY; empty for none
     * @param comment what it says about itself
     */
    public record Member(String name, String type, String link, String note, String comment) {}

    /** The reference of all contracts. */
    public static ApiReference of(Contracts contracts) {
        var types = new TreeMap<String, Type>();
        var builder = new Builder(contracts.comments(), types);
        List<Service> services = contracts.services().stream().map(builder::service).toList();
        return new ApiReference(services, List.copyOf(types.values()));
    }

    private record Builder(Comments comments, Map<String, Type> types) {

        private Service service(ServiceDescriptor service) {
            return new Service(
                    service.getName(),
                    service.getFullName(),
                    paragraphs(service),
                    service.getMethods().stream().map(this::rpc).toList());
        }

        private Rpc rpc(MethodDescriptor rpc) {
            add(rpc.getInputType());
            add(rpc.getOutputType());
            List<Operation> operations = Operation.of(rpc);
            var query = new LinkedHashMap<String, Member>();
            for (Operation operation : operations) {
                operation.query().forEach(f -> query.put(f.path(), member(f.path(), f.field())));
            }
            return new Rpc(
                    rpc.getName(),
                    rpc.getService().getName() + "." + rpc.getName(),
                    Sentences.first(comments.of(rpc)),
                    paragraphs(rpc),
                    operations.stream()
                            .map(each -> new Line(each.binding().method(), each.path().text()))
                            .toList(),
                    List.copyOf(query.values()),
                    Schemas.nameOf(rpc.getInputType()),
                    Schemas.nameOf(rpc.getOutputType()));
        }

        private void add(Descriptor type) {
            String name = Schemas.nameOf(type);
            if (type.getFullName().startsWith("google.") || types.containsKey(name)) {
                return;
            }
            types.put(name, new Type(name, List.of(), List.of()));
            var members = new ArrayList<Member>();
            for (FieldDescriptor field : type.getFields()) {
                members.add(member(field.getName(), field));
                addTypeOf(field);
            }
            types.put(name, new Type(name, paragraphs(type), members));
        }

        private void addTypeOf(FieldDescriptor field) {
            switch (field.getJavaType()) {
                case MESSAGE -> {
                    if (!field.isMapField()) {
                        add(field.getMessageType());
                    }
                }
                case ENUM -> add(field.getEnumType());
                case INT, LONG, FLOAT, DOUBLE, BOOLEAN, STRING, BYTE_STRING -> {}
            }
        }

        private void add(EnumDescriptor type) {
            String name = Schemas.nameOf(type);
            List<Member> values =
                    type.getValues().stream()
                            .map(v -> new Member(v.getName(), "", "", "", comments.of(v)))
                            .toList();
            types.putIfAbsent(name, new Type(name, paragraphs(type), values));
        }

        private Member member(String name, FieldDescriptor field) {
            String note = Schemas.is(field, FieldBehavior.REQUIRED) ? "required" : "";
            if (Schemas.is(field, FieldBehavior.OUTPUT_ONLY)) {
                note = "output only";
            }
            return new Member(name, typeOf(field), linkOf(field), note, comments.of(field));
        }

        private static String typeOf(FieldDescriptor field) {
            if (field.isMapField()) {
                FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
                return "map of " + typeOf(value);
            }
            String single =
                    switch (field.getJavaType()) {
                        case MESSAGE -> Schemas.nameOf(field.getMessageType());
                        case ENUM -> Schemas.nameOf(field.getEnumType());
                        case INT, LONG, FLOAT, DOUBLE, BOOLEAN, STRING, BYTE_STRING ->
                                field.getType().name().toLowerCase(Locale.ROOT);
                    };
            return field.isRepeated() ? "list of " + single : single;
        }

        private static String linkOf(FieldDescriptor field) {
            GenericDescriptor type =
                    switch (field.getJavaType()) {
                        case MESSAGE -> field.getMessageType();
                        case ENUM -> field.getEnumType();
                        case INT, LONG, FLOAT, DOUBLE, BOOLEAN, STRING, BYTE_STRING -> field;
                    };
            boolean own = type != field && type.getFullName().startsWith("meterbook.");
            return own && !field.isMapField() ? Schemas.nameOf(type) : "";
        }

        private List<String> paragraphs(GenericDescriptor declaration) {
            return Stream.of(comments.of(declaration).split("\n\n", -1))
                    .filter(text -> !text.isEmpty())
                    .toList();
        }
    }
}
