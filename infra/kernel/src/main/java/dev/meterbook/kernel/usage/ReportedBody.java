package dev.meterbook.kernel.usage;

import dev.meterbook.kernel.JsonText;
import dev.meterbook.kernel.Violation;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The body in which a provider reports the usage of a call, as a client sends it. Fields are named
 * as in {@code meterbook.metering.v1.ProviderUsage}.
 *
 * @param provider whose form it has, such as {@code openai}
 * @param flavor the kind of body, such as {@code chat}
 * @param json the body, an object of JSON of at most {@link #MAX_BYTES} in UTF-8
 */
public record ReportedBody(String provider, String flavor, String json) {

    /** Bytes of a body at most. */
    public static final int MAX_BYTES = 65_536;

    private static final String FIELD = "usage.provider_usage";
    private static final String JSON_FIELD = FIELD + ".json";

    /**
     * Reads it, as one of the flavours that come with Meterbook.
     *
     * @param parser reads JSON
     */
    public Reading read(Function<String, JsonText> parser) {
        return UsageFlavors.own()
                .find(provider, flavor)
                .map(known -> read(known, parser))
                .orElseGet(this::unknown);
    }

    private Reading unknown() {
        String known =
                UsageFlavors.own().all().stream()
                        .filter(each -> each.provider().equals(provider))
                        .map(UsageFlavor::flavor)
                        .collect(Collectors.joining(", "));
        return refused(
                "UNKNOWN_FLAVOR",
                FIELD + ".flavor",
                provider + " " + flavor,
                known.isEmpty() ? "a provider whose bodies are known" : "one of " + known);
    }

    private Reading read(UsageFlavor known, Function<String, JsonText> parser) {
        if (json.length() > MAX_BYTES || json.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return refused(
                    "BODY_TOO_LARGE",
                    JSON_FIELD,
                    json.length() + " characters",
                    "at most " + MAX_BYTES + " bytes");
        }
        return switch (parser.apply(json)) {
            case JsonText.Tree(Map<?, ?> body) -> located(known.read(body));
            case JsonText.Tree(_) -> malformed("another value", "an object");
            case JsonText.Malformed(String where) -> malformed(where, "a JSON object");
        };
    }

    private static Reading malformed(String value, String expected) {
        return refused("MALFORMED_BODY", JSON_FIELD, value, expected);
    }

    /** A place in the body as a place in the call. */
    private static Reading located(Reading reading) {
        return reading instanceof Reading.Refused(Violation violation)
                ? refused(
                        violation.reason(),
                        JSON_FIELD + "/" + violation.field(),
                        violation.value(),
                        violation.expected())
                : reading;
    }

    private static Reading refused(String reason, String field, String value, String expected) {
        return new Reading.Refused(new Violation(reason, field, value, expected));
    }
}
