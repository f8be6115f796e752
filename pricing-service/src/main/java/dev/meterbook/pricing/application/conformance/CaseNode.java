package dev.meterbook.pricing.application.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.meterbook.kernel.Decimals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An object of a case, with the path to it for messages. A field that is null is not there. */
final class CaseNode {

    /** Entries of one list at most. */
    static final int MAX_ENTRIES = 10_000;

    private final JsonNode node;
    private final String path;

    CaseNode(JsonNode node, String path) {
        this.node = node;
        this.path = path;
        if (!node.isObject()) {
            throw CaseRefused.invalid(
                    "NOT_AN_OBJECT", path, node.getNodeType().name(), "an object");
        }
    }

    boolean has(String field) {
        return node.hasNonNull(field);
    }

    /** Refuses fields that nothing here reads: what they ask for would be left out silently. */
    CaseNode only(Set<String> known) {
        node.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!known.contains(name)) {
                                throw CaseRefused.unsupported(
                                        "UNKNOWN_FIELD",
                                        below(name),
                                        name,
                                        "one of "
                                                + String.join(
                                                        ", ", known.stream().sorted().toList()));
                            }
                        });
        return this;
    }

    BigDecimal decimal(String field) {
        return decimal(required(field), below(field));
    }

    BigDecimal decimal(String field, BigDecimal fallback) {
        return has(field) ? decimal(field) : fallback;
    }

    @Nullable BigDecimal optional(String field) {
        return has(field) ? decimal(field) : null;
    }

    List<BigDecimal> decimals(String field) {
        if (!has(field)) {
            return List.of();
        }
        List<BigDecimal> numbers = new ArrayList<>();
        for (JsonNode each : list(field)) {
            numbers.add(decimal(each, below(field) + "[" + numbers.size() + "]"));
        }
        return numbers;
    }

    /** A list of lists of numbers. */
    List<List<BigDecimal>> rows(String field) {
        List<List<BigDecimal>> rows = new ArrayList<>();
        for (JsonNode row : list(field)) {
            String at = below(field) + "[" + rows.size() + "]";
            List<BigDecimal> numbers = new ArrayList<>();
            for (JsonNode each : listed(row, at)) {
                numbers.add(decimal(each, at + "[" + numbers.size() + "]"));
            }
            rows.add(numbers);
        }
        return rows;
    }

    /** By key, in the order written. */
    Map<String, BigDecimal> decimalsByKey(String field) {
        Map<String, BigDecimal> numbers = new LinkedHashMap<>();
        CaseNode child = child(field);
        child.keys().forEach(key -> numbers.put(key, child.decimal(key)));
        return numbers;
    }

    String text(String field) {
        JsonNode value = required(field);
        if (!value.isTextual()) {
            throw CaseRefused.invalid("NOT_A_TEXT", below(field), value.toString(), "a text");
        }
        return value.textValue();
    }

    String text(String field, String fallback) {
        return has(field) ? text(field) : fallback;
    }

    /** True for {@code true}; false for {@code false} or if it is not there. */
    boolean isSet(String field) {
        JsonNode value = node.path(field);
        if (has(field) && !value.isBoolean()) {
            throw CaseRefused.invalid(
                    "NOT_A_BOOLEAN", below(field), value.toString(), "true or false");
        }
        return value.asBoolean();
    }

    /** One of the names of an enum, in lower case. */
    <E extends Enum<E>> E choice(String field, Class<E> type, @Nullable E fallback) {
        if (fallback != null && !has(field)) {
            return fallback;
        }
        String name = text(field);
        List<String> names = new ArrayList<>();
        for (E each : type.getEnumConstants()) {
            if (each.name().equalsIgnoreCase(name)) {
                return each;
            }
            names.add(each.name().toLowerCase(Locale.ROOT));
        }
        throw CaseRefused.unsupported(
                "UNKNOWN_CHOICE", below(field), name, String.join(" or ", names));
    }

    boolean isList(String field) {
        return node.path(field).isArray();
    }

    boolean isObject(String field) {
        return node.path(field).isObject();
    }

    CaseNode child(String field) {
        return new CaseNode(required(field), below(field));
    }

    List<CaseNode> children(String field) {
        List<CaseNode> children = new ArrayList<>();
        for (JsonNode each : list(field)) {
            children.add(new CaseNode(each, below(field) + "[" + children.size() + "]"));
        }
        return children;
    }

    List<String> keys() {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** A list of pairs {@code [key, number]}. */
    List<Map.Entry<String, BigDecimal>> pairs(String field) {
        List<Map.Entry<String, BigDecimal>> pairs = new ArrayList<>();
        for (JsonNode pair : list(field)) {
            String at = below(field) + "[" + pairs.size() + "]";
            if (!pair.isArray() || pair.size() != 2 || !pair.get(0).isTextual()) {
                throw CaseRefused.invalid("NOT_A_PAIR", at, pair.toString(), "[key, number]");
            }
            pairs.add(Map.entry(pair.get(0).textValue(), decimal(pair.get(1), at + "[1]")));
        }
        return pairs;
    }

    /** This one's fields, those of another in their place where it has them. */
    CaseNode overlaidBy(CaseNode other) {
        ObjectNode merged = ((ObjectNode) node).deepCopy();
        merged.setAll((ObjectNode) other.node);
        return new CaseNode(merged, other.path);
    }

    CaseNode without(Set<String> fields) {
        return new CaseNode(((ObjectNode) node).deepCopy().remove(fields), path);
    }

    JsonNode json() {
        return node;
    }

    private JsonNode required(String field) {
        if (!has(field)) {
            throw CaseRefused.invalid("MISSING_FIELD", below(field), "nothing", "a value");
        }
        return node.path(field);
    }

    private JsonNode list(String field) {
        return listed(required(field), below(field));
    }

    private static JsonNode listed(JsonNode value, String path) {
        if (!value.isArray() || value.size() > MAX_ENTRIES) {
            throw CaseRefused.invalid(
                    "NOT_A_LIST",
                    path,
                    value.isArray() ? value.size() + " entries" : value.getNodeType().name(),
                    "a list of at most " + MAX_ENTRIES);
        }
        return value;
    }

    private static BigDecimal decimal(JsonNode value, String path) {
        Optional<BigDecimal> number =
                value.isTextual() || value.isNumber()
                        ? Decimals.parse(value.asText())
                        : Optional.empty();
        return number.orElseThrow(
                () ->
                        CaseRefused.invalid(
                                "NOT_A_NUMBER", path, value.toString(), "a decimal number"));
    }

    private String below(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }
}
