package dev.meterbook.pricing.application;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meterbook.kernel.usage.TextMatch;
import dev.meterbook.pricing.domain.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.PatternSyntaxException;

/** Conditions on names: {@code {"starts_with": "gpt-5"}}, {@code {"or": […]}} and so on. */
final class MatchClauses {

    private static final int MAX_DEPTH = 5;
    private static final int MAX_TEXT = 300;
    private static final TextMatch NEVER = new TextMatch.AnyOf(List.of());
    private static final String FORM =
            "one of equals, starts_with, ends_with, contains, regex, or, and";

    private final Findings findings;

    MatchClauses(Findings findings) {
        this.findings = findings;
    }

    TextMatch read(JsonNode node, String path) {
        return read(node, path, 0);
    }

    private TextMatch read(JsonNode node, String path, int depth) {
        if (!node.isObject() || node.size() != 1 || depth > MAX_DEPTH) {
            findings.add("INVALID_MATCH", path, node.getNodeType().name(), FORM);
            return NEVER;
        }
        String kind = node.fieldNames().next();
        JsonNode value = node.path(kind);
        String here = path + "." + kind;
        return switch (kind) {
            case "equals" -> text(value, here, TextMatch.Equal::new);
            case "starts_with" -> text(value, here, TextMatch.StartsWith::new);
            case "ends_with" -> text(value, here, TextMatch.EndsWith::new);
            case "contains" -> text(value, here, TextMatch.Contains::new);
            case "regex" -> text(value, here, TextMatch.Regex::new);
            case "or" -> new TextMatch.AnyOf(all(value, here, depth));
            case "and" -> new TextMatch.AllOf(all(value, here, depth));
            default -> {
                findings.add("INVALID_MATCH", here, kind, FORM);
                yield NEVER;
            }
        };
    }

    private List<TextMatch> all(JsonNode value, String path, int depth) {
        List<TextMatch> all = new ArrayList<>();
        for (JsonNode each : value) {
            all.add(read(each, path + "[" + all.size() + "]", depth + 1));
        }
        if (!value.isArray() || all.isEmpty()) {
            findings.add("INVALID_MATCH", path, value.getNodeType().name(), "a list of conditions");
        }
        return all;
    }

    private TextMatch text(JsonNode value, String path, Function<String, TextMatch> match) {
        if (!value.isTextual() || value.asText().isEmpty() || value.asText().length() > MAX_TEXT) {
            findings.add("INVALID_MATCH", path, value.toString(), "a text of 1 to 300 characters");
            return NEVER;
        }
        try {
            return match.apply(value.asText());
        } catch (PatternSyntaxException invalid) {
            findings.add("INVALID_REGEX", path, value.asText(), "a regular expression");
            return NEVER;
        }
    }
}
