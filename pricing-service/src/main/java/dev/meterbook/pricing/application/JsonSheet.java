package dev.meterbook.pricing.application;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.meterbook.kernel.Violation;
import dev.meterbook.pricing.domain.Findings;
import dev.meterbook.pricing.domain.PriceChecks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A JSON document that is read strictly: what is wrong is found with its path, and its line. */
final class JsonSheet {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    private final String text;
    private final JsonNode root;
    private final Findings findings = new Findings();

    private JsonSheet(String text, JsonNode root) {
        this.text = text;
        this.root = root;
    }

    /** Parses a document. */
    static JsonSheet parse(String text) throws JsonProcessingException {
        return new JsonSheet(text, JSON.readTree(text));
    }

    JsonNode root() {
        return root;
    }

    Findings findings() {
        return findings;
    }

    /** The catalogue if nothing was found, else the first that was, with its line. */
    CatalogueFile.Outcome outcome(CatalogueFile.Outcome.Read read) {
        return findings.first()
                .<CatalogueFile.Outcome>map(
                        first -> new CatalogueFile.Outcome.Refused(lineOf(first), first))
                .orElse(read);
    }

    void checkFields(JsonNode node, String path, Set<String> known) {
        if (!node.isObject()) {
            findings.add("NOT_AN_OBJECT", path, node.getNodeType().name(), "an object");
        }
        node.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!known.contains(name)) {
                                findings.add(
                                        "UNKNOWN_FIELD",
                                        below(path, name),
                                        name,
                                        "one of "
                                                + String.join(
                                                        ", ", known.stream().sorted().toList()));
                            }
                        });
    }

    String text(JsonNode node, String path, String field) {
        JsonNode value = node.path(field);
        if (!value.isTextual() || value.textValue().isBlank()) {
            findings.add(
                    value.isMissingNode() ? "MISSING_FIELD" : "NOT_A_TEXT",
                    below(path, field),
                    value.toString(),
                    "a text");
        }
        return value.asText();
    }

    long number(JsonNode node, String path, String field, long fallback) {
        JsonNode value = node.path(field);
        if (value.isMissingNode()) {
            return fallback;
        }
        if (!value.canConvertToLong() || !value.isIntegralNumber()) {
            findings.add("NOT_A_NUMBER", below(path, field), value.toString(), "a whole number");
        }
        return value.asLong();
    }

    LocalDate date(JsonNode node, String path, String field) {
        String value = text(node, path, field);
        try {
            return LocalDate.parse(value);
        } catch (DateTimeParseException notDate) {
            findings.add("INVALID_DATE", below(path, field), value, "YYYY-MM-DD");
            return LocalDate.EPOCH;
        }
    }

    List<JsonNode> list(JsonNode node, String path, String field, int limit) {
        return entries(node.path(field), below(path, field), limit);
    }

    List<JsonNode> entries(JsonNode value, String path, int limit) {
        if (!value.isArray()) {
            findings.add("NOT_A_LIST", path, value.getNodeType().name(), "a list");
        } else if (value.size() > limit) {
            PriceChecks.tooMany(path, value.size(), limit, findings);
        }
        List<JsonNode> entries = new ArrayList<>();
        value.forEach(entries::add);
        return entries;
    }

    static String below(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    /**
     * Walks the file again up to the entry at fault; the nearest entry above it if it is missing.
     */
    private int lineOf(Violation violation) {
        String path = violation.field();
        String wanted =
                (path.startsWith("[") ? "" : "/")
                        + path.replace("[", "/").replace("]", "").replace('.', '/');
        int line = 1;
        int depth = 0;
        try (JsonParser parser = JSON.createParser(text)) {
            while (parser.nextToken() != null) {
                String here = parser.getParsingContext().pathAsPointer().toString();
                boolean onTheWay = wanted.equals(here) || wanted.startsWith(here + "/");
                if (onTheWay && here.length() > depth) {
                    depth = here.length();
                    line = parser.currentTokenLocation().getLineNr();
                }
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return line;
    }
}
