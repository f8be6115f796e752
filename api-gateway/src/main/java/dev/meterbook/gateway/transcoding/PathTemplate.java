package dev.meterbook.gateway.transcoding;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path of {@code google.api.http}, such as {@code /v1/{name=tenants/*}:suspend}. A star stands
 * for one path segment, two stars for one or more at the end. Every segment is percent-decoded
 * after splitting, so that an id may hold an encoded slash.
 *
 * @param source the text
 * @param segments what each path segment must be
 * @param variables fields filled from ranges of segments
 * @param verb what follows the last colon; empty for none
 */
public record PathTemplate(
        String source, List<String> segments, List<Variable> variables, String verb) {

    /** Most specific first: with a verb, then more literals, then without two stars. */
    public static final Comparator<PathTemplate> SPECIFIC_FIRST =
            Comparator.comparing((PathTemplate template) -> template.verb.isEmpty())
                    .thenComparing(PathTemplate::isOpenEnded)
                    .thenComparingLong(template -> -template.literals())
                    .thenComparing(PathTemplate::source);

    private static final String ONE = "*";
    private static final String MANY = "**";

    /**
     * A field bound to segments.
     *
     * @param field path of the field in the request, such as {@code budget.name}
     * @param from first segment
     * @param to one after the last segment
     */
    public record Variable(String field, int from, int to) {}

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException if the text is not a template
     */
    public static PathTemplate parse(String text) {
        String verb = verbOf(text);
        String path = text.substring(1, text.length() - (verb.isEmpty() ? 0 : verb.length() + 1));
        var segments = new ArrayList<String>();
        var variables = new ArrayList<Variable>();
        for (String part : topLevelParts(path)) {
            if (part.startsWith("{")) {
                addVariable(part, segments, variables);
            } else {
                segments.add(part);
            }
        }
        int open = segments.indexOf(MANY);
        if (open >= 0 && open != segments.size() - 1) {
            throw new IllegalArgumentException("path: " + text + " (expected: ** at the end only)");
        }
        return new PathTemplate(text, List.copyOf(segments), List.copyOf(variables), verb);
    }

    /**
     * Matches the path of a request.
     *
     * @param rawPath still percent-encoded, such as {@code /v1/tenants/acme/invoices/7:issue}
     * @return values by field, or empty if the path is another one
     */
    public Optional<Map<String, String>> match(String rawPath) {
        String path = rawPath.substring(1);
        if (!verb.isEmpty()) {
            if (!path.endsWith(":" + verb)) {
                return Optional.empty();
            }
            path = path.substring(0, path.length() - verb.length() - 1);
        }
        String[] parts = path.split("/", -1);
        return fits(parts) ? Optional.of(values(parts)) : Optional.empty();
    }

    private boolean fits(String[] parts) {
        boolean countFits =
                isOpenEnded() ? parts.length >= segments.size() : parts.length == segments.size();
        if (!countFits) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            boolean any = segment.equals(ONE) || segment.equals(MANY);
            if (any ? parts[i].isEmpty() : !segment.equals(parts[i])) {
                return false;
            }
        }
        return true;
    }

    private Map<String, String> values(String[] parts) {
        var values = new LinkedHashMap<String, String>();
        for (Variable variable : variables) {
            int end = variable.to == segments.size() && isOpenEnded() ? parts.length : variable.to;
            var text = new StringBuilder();
            for (int i = variable.from; i < end; i++) {
                text.append(i == variable.from ? "" : "/").append(decoded(parts[i]));
            }
            values.put(variable.field, text.toString());
        }
        return values;
    }

    private boolean isOpenEnded() {
        return !segments.isEmpty() && segments.getLast().equals(MANY);
    }

    private long literals() {
        return segments.stream().filter(s -> !s.equals(ONE) && !s.equals(MANY)).count();
    }

    private static String verbOf(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("path: " + text + " (expected: / first)");
        }
        int colon = text.lastIndexOf(':');
        boolean isVerb = colon > text.lastIndexOf('}') && colon > text.lastIndexOf('/');
        return isVerb ? text.substring(colon + 1) : "";
    }

    private static List<String> topLevelParts(String path) {
        var parts = new ArrayList<String>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < path.length(); i++) {
            switch (path.charAt(i)) {
                case '{' -> depth++;
                case '}' -> depth--;
                case '/' -> {
                    if (depth == 0) {
                        parts.add(path.substring(start, i));
                        start = i + 1;
                    }
                }
                default -> {}
            }
        }
        parts.add(path.substring(start));
        return parts;
    }

    private static void addVariable(String part, List<String> segments, List<Variable> variables) {
        String inner = part.substring(1, part.length() - 1);
        int equals = inner.indexOf('=');
        String field = equals < 0 ? inner : inner.substring(0, equals);
        int from = segments.size();
        segments.addAll(List.of((equals < 0 ? ONE : inner.substring(equals + 1)).split("/", -1)));
        variables.add(new Variable(field, from, segments.size()));
    }

    private static String decoded(String segment) {
        // A plus sign is itself in a path; the decoder for forms would make a blank of it.
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
