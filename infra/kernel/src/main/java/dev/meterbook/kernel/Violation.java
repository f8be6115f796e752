package dev.meterbook.kernel;

/**
 * Why input cannot be taken: an expected "no", as a value.
 *
 * @param reason stable reason in upper snake case, for machines
 * @param field the field at fault, as a path such as {@code usage.tokens.input_tokens}
 * @param value what was found there, shortened to 80 characters
 * @param expected what would have been right
 */
public record Violation(String reason, String field, String value, String expected) {

    private static final int MAX_VALUE_LENGTH = 80;

    /** Shortens the value. */
    public Violation {
        value =
                value.length() <= MAX_VALUE_LENGTH
                        ? value
                        : value.substring(0, MAX_VALUE_LENGTH) + "…";
    }

    /** The same below another field: {@code calls[3]} in front of {@code tenant}. */
    public Violation within(String parent) {
        return new Violation(reason, parent + "." + field, value, expected);
    }

    /** For people: {@code field: value (expected: …)}. */
    public String message() {
        return field + ": " + value + " (expected: " + expected + ")";
    }
}
