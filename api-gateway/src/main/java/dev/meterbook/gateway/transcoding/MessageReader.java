package dev.meterbook.gateway.transcoding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Fills request messages from JSON bodies, path values and query parameters. Fields may be named as
 * in the contract ({@code page_size}) or in JSON style ({@code pageSize}). What is not in the
 * contract is refused with the path of the field, never passed over. Thread-safe.
 */
final class MessageReader {

    /** Levels of objects and arrays at most. */
    static final int MAX_DEPTH = 32;

    private static final String STANDARD_TYPES = "google.protobuf.";
    private static final int MAX_FIELD_NAME_LENGTH = 256;

    private final JsonMapper json;
    private final Map<Descriptor, Map<String, FieldDescriptor>> fieldsByName =
            new ConcurrentHashMap<>();

    MessageReader() {
        var factory =
                JsonFactory.builder()
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxNestingDepth(MAX_DEPTH)
                                        .maxNameLength(MAX_FIELD_NAME_LENGTH)
                                        .build())
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build();
        json =
                JsonMapper.builder(factory)
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                        .build();
    }

    /**
     * Fills a message from a JSON object.
     *
     * @throws RequestRejected if the text is no JSON object or does not fit the message
     */
    void fill(Message.Builder message, byte[] body) {
        fill(message, parse(body), "");
    }

    /**
     * Fills a field from texts of a path or query.
     *
     * @param fieldPath such as {@code filter.model}
     * @param texts one text, or several for a repeated field
     * @throws RequestRejected if there is no such field or the texts do not fit
     */
    void fill(Message.Builder message, String fieldPath, List<String> texts) {
        Message.Builder owner = message;
        String[] names = fieldPath.split("\\.", -1);
        for (int i = 0; i < names.length - 1; i++) {
            FieldDescriptor step = field(owner, names[i], fieldPath);
            if (step.isRepeated() || step.getJavaType() != JavaType.MESSAGE) {
                throw unknown(fieldPath, owner);
            }
            owner = owner.getFieldBuilder(step);
        }
        FieldDescriptor field = field(owner, names[names.length - 1], fieldPath);
        if (field.isMapField()) {
            throw unknown(fieldPath, owner);
        }
        if (!field.isRepeated() && texts.size() > 1) {
            throw RequestRejected.of("REPEATED_PARAMETER", fieldPath, texts.get(1), "one value");
        }
        for (String text : texts) {
            add(owner, field, single(owner, field, TextNode.valueOf(text), fieldPath));
        }
    }

    private JsonNode parse(byte[] body) {
        try {
            return json.readTree(body);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            String where =
                    at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw RequestRejected.of(
                    "MALFORMED_JSON", "body", where, "JSON, at most " + MAX_DEPTH + " levels deep");
        } catch (IOException e) {
            throw RequestRejected.of("MALFORMED_JSON", "body", "", "JSON in UTF-8");
        }
    }

    private void fill(Message.Builder message, JsonNode node, String path) {
        if (!node.isObject()) {
            throw ScalarReader.invalid(
                    "INVALID_OBJECT", path.isEmpty() ? "body" : path, node, "an object");
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String fieldPath = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
            FieldDescriptor field = field(message, entry.getKey(), fieldPath);
            if (!entry.getValue().isNull()) {
                fillField(message, field, entry.getValue(), fieldPath);
            }
        }
    }

    private void fillField(
            Message.Builder message, FieldDescriptor field, JsonNode node, String path) {
        requireFree(message, field, path);
        if (field.isMapField()) {
            fillMap(message, field, node, path);
        } else if (field.isRepeated()) {
            if (!node.isArray()) {
                throw ScalarReader.invalid("INVALID_ARRAY", path, node, "an array");
            }
            int index = 0;
            for (JsonNode element : node) {
                Object value = single(message, field, element, path + "[" + index + "]");
                message.addRepeatedField(field, value);
                index++;
            }
        } else {
            message.setField(field, single(message, field, node, path));
        }
    }

    private void fillMap(
            Message.Builder message, FieldDescriptor field, JsonNode node, String path) {
        if (!node.isObject()) {
            throw ScalarReader.invalid("INVALID_OBJECT", path, node, "an object");
        }
        FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
        FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String entryPath = path + "." + entry.getKey();
            Message.Builder pair = message.newBuilderForField(field);
            pair.setField(key, single(pair, key, TextNode.valueOf(entry.getKey()), entryPath));
            pair.setField(value, single(pair, value, entry.getValue(), entryPath));
            message.addRepeatedField(field, pair.build());
        }
    }

    private Object single(
            Message.Builder owner, FieldDescriptor field, JsonNode node, String path) {
        if (field.getJavaType() != JavaType.MESSAGE) {
            return ScalarReader.read(field, node, path);
        }
        Message.Builder inner = owner.newBuilderForField(field);
        if (inner.getDescriptorForType().getFullName().startsWith(STANDARD_TYPES)) {
            return standard(inner, node, path);
        }
        fill(inner, node, path);
        return inner.build();
    }

    /** Times, masks and the like, which have a JSON form of their own. */
    private static Message standard(Message.Builder message, JsonNode node, String path) {
        try {
            JsonFormat.parser().merge(node.toString(), message);
            return message.build();
        } catch (InvalidProtocolBufferException | IllegalArgumentException unfit) {
            String type = message.getDescriptorForType().getName();
            String expected =
                    switch (type) {
                        case "Timestamp" -> "a time such as 2026-11-23T10:15:30Z";
                        case "Duration" -> "a duration such as 30s";
                        case "FieldMask" -> "field names joined by commas";
                        default -> type;
                    };
            throw ScalarReader.invalid("INVALID_VALUE", path, node, expected);
        }
    }

    private static void add(Message.Builder owner, FieldDescriptor field, Object value) {
        if (field.isRepeated()) {
            owner.addRepeatedField(field, value);
        } else {
            owner.setField(field, value);
        }
    }

    private static void requireFree(Message.Builder message, FieldDescriptor field, String path) {
        boolean given = field.isRepeated() && message.getRepeatedFieldCount(field) > 0;
        var oneof = field.getRealContainingOneof();
        if (given || (oneof != null && message.hasOneof(oneof))) {
            throw RequestRejected.of("FIELD_GIVEN_TWICE", path, "given", "one way to say it");
        }
    }

    private FieldDescriptor field(Message.Builder message, String name, String path) {
        FieldDescriptor field =
                fieldsByName
                        .computeIfAbsent(message.getDescriptorForType(), MessageReader::names)
                        .get(name);
        if (field == null) {
            throw unknown(path, message);
        }
        return field;
    }

    private static Map<String, FieldDescriptor> names(Descriptor type) {
        Map<String, FieldDescriptor> names = new HashMap<>();
        for (FieldDescriptor field : type.getFields()) {
            names.put(field.getName(), field);
            names.put(field.getJsonName(), field);
        }
        return Map.copyOf(names);
    }

    private static RequestRejected unknown(String path, Message.Builder owner) {
        String type = owner.getDescriptorForType().getName();
        return RequestRejected.of("UNKNOWN_FIELD", path, "not known", "a field of " + type);
    }
}
