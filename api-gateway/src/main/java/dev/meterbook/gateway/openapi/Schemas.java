package dev.meterbook.gateway.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import dev.meterbook.gateway.transcoding.Comments;
import java.util.Map;
import java.util.TreeMap;

/** JSON schemas of messages, as protobuf's JSON mapping writes them; collects what it refers to. */
final class Schemas {

    private static final String REFERENCE = "#/components/schemas/";
    private static final String STANDARD_TYPES = "google.protobuf.";

    private final Comments comments;
    private final Map<String, ObjectNode> named = new TreeMap<>();

    Schemas(Comments comments) {
        this.comments = comments;
    }

    /** All schemas referred to so far, by name. */
    Map<String, ObjectNode> named() {
        return named;
    }

    /** The short name of a type: {@code metering.MeteredCall}. */
    static String nameOf(GenericDescriptor type) {
        return type.getFullName().replaceFirst("^meterbook\\.", "").replace(".v1.", ".");
    }

    /** The behaviours that the contract declares of a field. */
    static boolean is(FieldDescriptor field, FieldBehavior behavior) {
        return field.getOptions().getExtension(FieldBehaviorProto.fieldBehavior).contains(behavior);
    }

    /** The schema of a message, by reference. */
    ObjectNode message(Descriptor type) {
        if (type.getFullName().startsWith(STANDARD_TYPES)) {
            return standard(type.getName());
        }
        String name = nameOf(type);
        if (!named.containsKey(name)) {
            ObjectNode schema = JsonNodeFactory.instance.objectNode();
            named.put(name, schema);
            define(schema, type);
        }
        return reference(name);
    }

    /** The schema of a field, its comment included. */
    ObjectNode field(FieldDescriptor field) {
        ObjectNode schema = field.isRepeated() ? many(field) : single(field);
        describe(schema, comments.of(field));
        if (is(field, FieldBehavior.OUTPUT_ONLY)) {
            schema.put("readOnly", true);
        }
        return schema;
    }

    private void define(ObjectNode schema, Descriptor type) {
        schema.put("type", "object");
        describe(schema, comments.of(type));
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JsonNodeFactory.instance.arrayNode();
        for (FieldDescriptor field : type.getFields()) {
            properties.set(field.getJsonName(), field(field));
            if (is(field, FieldBehavior.REQUIRED)) {
                required.add(field.getJsonName());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        schema.put("additionalProperties", false);
    }

    private ObjectNode many(FieldDescriptor field) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        if (field.isMapField()) {
            schema.put("type", "object");
            schema.set("additionalProperties", single(field.getMessageType().findFieldByNumber(2)));
        } else {
            schema.put("type", "array");
            schema.set("items", single(field));
        }
        return schema;
    }

    private ObjectNode single(FieldDescriptor field) {
        return switch (field.getType()) {
            case BOOL -> typed("boolean", "");
            case INT32, SINT32, SFIXED32, UINT32, FIXED32 -> typed("integer", "int32");
            case INT64, SINT64, SFIXED64, UINT64, FIXED64 -> typed("string", "int64");
            case FLOAT, DOUBLE -> typed("number", "");
            case STRING -> typed("string", "");
            case BYTES -> typed("string", "byte");
            case ENUM -> constant(field.getEnumType());
            case MESSAGE, GROUP -> message(field.getMessageType());
        };
    }

    private ObjectNode constant(EnumDescriptor type) {
        String name = nameOf(type);
        if (!named.containsKey(name)) {
            ObjectNode schema = typed("string", "");
            var text = new StringBuilder(comments.of(type));
            ArrayNode values = schema.putArray("enum");
            type.getValues()
                    .forEach(
                            value -> {
                                values.add(value.getName());
                                text.append("\n- `").append(value.getName()).append("`: ");
                                text.append(comments.of(value));
                            });
            describe(schema, text.toString());
            named.put(name, schema);
        }
        return reference(name);
    }

    private static ObjectNode standard(String name) {
        return switch (name) {
            case "Timestamp" -> typed("string", "date-time");
            case "Duration", "FieldMask" -> typed("string", "");
            default -> typed("object", "");
        };
    }

    private static ObjectNode typed(String type, String format) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", type);
        return format.isEmpty() ? schema : schema.put("format", format);
    }

    private static ObjectNode reference(String name) {
        return JsonNodeFactory.instance.objectNode().put("$ref", REFERENCE + name);
    }

    private static void describe(ObjectNode schema, String comment) {
        if (!comment.isEmpty()) {
            schema.put("description", comment);
        }
    }
}
