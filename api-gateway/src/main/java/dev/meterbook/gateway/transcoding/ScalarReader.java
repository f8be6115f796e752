package dev.meterbook.gateway.transcoding;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.stream.Collectors;

/** Values of single fields from JSON, by the protobuf JSON mapping. */
final class ScalarReader {

    private static final int MAX_INTEGER_DIGITS = 20;
    private static final BigInteger UINT32_MAX = BigInteger.valueOf(0xFFFF_FFFFL);
    private static final BigInteger UINT64_MAX =
            BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private ScalarReader() {}

    /**
     * Reads a value of a field that is no message.
     *
     * @throws RequestRejected if the JSON does not fit
     */
    static Object read(FieldDescriptor field, JsonNode node, String path) {
        return switch (field.getType()) {
            case INT32, SINT32, SFIXED32 ->
                    integer(node, path, Integer.MIN_VALUE, BigInteger.valueOf(Integer.MAX_VALUE))
                            .intValue();
            case UINT32, FIXED32 -> integer(node, path, 0, UINT32_MAX).intValue();
            case INT64, SINT64, SFIXED64 ->
                    integer(node, path, Long.MIN_VALUE, BigInteger.valueOf(Long.MAX_VALUE))
                            .longValue();
            case UINT64, FIXED64 -> integer(node, path, 0, UINT64_MAX).longValue();
            case BOOL -> bool(node, path);
            case STRING -> text(node, path);
            case BYTES -> bytes(node, path);
            case ENUM -> constant(field.getEnumType(), node, path);
            case FLOAT, DOUBLE, GROUP, MESSAGE ->
                    throw new IllegalStateException("contract: type of " + field.getFullName());
        };
    }

    private static BigInteger integer(JsonNode node, String path, long min, BigInteger max) {
        String expected = "a whole number from " + min + " to " + max;
        try {
            BigDecimal number =
                    node.isNumber() ? node.decimalValue() : new BigDecimal(text(node, path));
            // Before the exact conversion: 1e999999999 must not become a billion digits.
            if (Math.abs((long) number.precision() - number.scale()) > MAX_INTEGER_DIGITS) {
                throw invalid("INVALID_NUMBER", path, node, expected);
            }
            BigInteger value = number.toBigIntegerExact();
            if (value.compareTo(BigInteger.valueOf(min)) < 0 || value.compareTo(max) > 0) {
                throw invalid("INVALID_NUMBER", path, node, expected);
            }
            return value;
        } catch (ArithmeticException | NumberFormatException notWhole) {
            throw invalid("INVALID_NUMBER", path, node, expected);
        }
    }

    private static boolean bool(JsonNode node, String path) {
        return switch (node.asText()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid("INVALID_BOOLEAN", path, node, "true or false");
        };
    }

    private static String text(JsonNode node, String path) {
        if (!node.isTextual()) {
            throw invalid("INVALID_TEXT", path, node, "a text");
        }
        return node.textValue();
    }

    private static ByteString bytes(JsonNode node, String path) {
        String base64 = text(node, path).replace('-', '+').replace('_', '/');
        try {
            return ByteString.copyFrom(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException notBase64) {
            throw invalid("INVALID_BYTES", path, node, "Base64");
        }
    }

    private static EnumValueDescriptor constant(EnumDescriptor type, JsonNode node, String path) {
        EnumValueDescriptor value =
                node.isTextual() ? type.findValueByName(node.textValue()) : null;
        if (node.isInt()) {
            value = type.findValueByNumber(node.intValue());
        }
        if (value == null) {
            String names =
                    type.getValues().stream()
                            .map(EnumValueDescriptor::getName)
                            .collect(Collectors.joining(", "));
            throw invalid("INVALID_ENUM", path, node, "one of " + names);
        }
        return value;
    }

    static RequestRejected invalid(String reason, String path, JsonNode node, String expected) {
        return RequestRejected.of(reason, path, node.toString(), expected);
    }
}
