package dev.meterbook.kernel.usage;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A condition on a text, such as the name of a model. Capital and small letters are the same: names
 * of one model are spelled in both.
 */
public sealed interface TextMatch {

    /** True if the text meets the condition. */
    default boolean matches(String text) {
        return matchesLower(lower(text));
    }

    /** As {@link #matches}, for a text that is in lower case already. */
    boolean matchesLower(String text);

    /** How a text is compared: in lower case, whatever the language of the machine. */
    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /**
     * The text is this one.
     *
     * @param value the text, as it was written down
     * @param lower the same in lower case
     */
    record Equal(String value, String lower) implements TextMatch {

        /** The text is this one. */
        public Equal(String value) {
            this(value, TextMatch.lower(value));
        }

        @Override
        public boolean matchesLower(String text) {
            return text.equals(lower);
        }

        @Override
        public String toString() {
            return value;
        }
    }

    /**
     * The text begins like this.
     *
     * @param value the beginning, as it was written down
     * @param lower the same in lower case
     */
    record StartsWith(String value, String lower) implements TextMatch {

        /** The text begins like this. */
        public StartsWith(String value) {
            this(value, TextMatch.lower(value));
        }

        @Override
        public boolean matchesLower(String text) {
            return text.startsWith(lower);
        }

        @Override
        public String toString() {
            return value + "*";
        }
    }

    /**
     * The text ends like this.
     *
     * @param value the end, as it was written down
     * @param lower the same in lower case
     */
    record EndsWith(String value, String lower) implements TextMatch {

        /** The text ends like this. */
        public EndsWith(String value) {
            this(value, TextMatch.lower(value));
        }

        @Override
        public boolean matchesLower(String text) {
            return text.endsWith(lower);
        }

        @Override
        public String toString() {
            return "*" + value;
        }
    }

    /**
     * The text holds this somewhere.
     *
     * @param value the part, as it was written down
     * @param lower the same in lower case
     */
    record Contains(String value, String lower) implements TextMatch {

        /** The text holds this somewhere. */
        public Contains(String value) {
            this(value, TextMatch.lower(value));
        }

        @Override
        public boolean matchesLower(String text) {
            return text.contains(lower);
        }

        @Override
        public String toString() {
            return "*" + value + "*";
        }
    }

    /**
     * A regular expression is found in the text, which is asked in lower case.
     *
     * @param value the expression, as it was written down
     * @param pattern the same, compiled
     */
    record Regex(String value, Pattern pattern) implements TextMatch {

        /**
         * A regular expression is found in the text.
         *
         * @throws java.util.regex.PatternSyntaxException if it is not one
         */
        public Regex(String value) {
            this(value, Pattern.compile(value));
        }

        @Override
        public boolean matchesLower(String text) {
            return pattern.matcher(text).find();
        }

        /** Patterns have no equality of their own; the expression says it all. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Regex regex && value.equals(regex.value);
        }

        @Override
        public int hashCode() {
            return value.hashCode();
        }

        @Override
        public String toString() {
            return "/" + value + "/";
        }
    }

    /**
     * At least one of the conditions is met.
     *
     * @param clauses the conditions
     */
    record AnyOf(List<TextMatch> clauses) implements TextMatch {

        /** Copies. */
        public AnyOf {
            clauses = List.copyOf(clauses);
        }

        @Override
        public boolean matchesLower(String text) {
            for (TextMatch clause : clauses) {
                if (clause.matchesLower(text)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String toString() {
            return clauses.stream().map(TextMatch::toString).collect(Collectors.joining(" or "));
        }
    }

    /**
     * All conditions are met.
     *
     * @param clauses the conditions
     */
    record AllOf(List<TextMatch> clauses) implements TextMatch {

        /** Copies. */
        public AllOf {
            clauses = List.copyOf(clauses);
        }

        @Override
        public boolean matchesLower(String text) {
            for (TextMatch clause : clauses) {
                if (!clause.matchesLower(text)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String toString() {
            return clauses.stream()
                    .map(TextMatch::toString)
                    .collect(Collectors.joining(" and ", "(", ")"));
        }
    }
}
