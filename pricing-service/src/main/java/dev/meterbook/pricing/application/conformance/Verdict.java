package dev.meterbook.pricing.application.conformance;

/**
 * What came of one case.
 *
 * @param outcome in a word
 * @param json the whole of it as one line of JSON
 * @param message for people, where the case could not be run; else empty
 */
public record Verdict(Outcome outcome, String json, String message) {

    /** What can come of a case. */
    public enum Outcome {
        /** The engine says what is expected. */
        MATCHES,
        /** It says something else. */
        DIFFERS,
        /** The case asks for what the engine does not have. */
        UNSUPPORTED,
        /** The case cannot be read. */
        INVALID
    }
}
