package dev.meterbook.kernel;

import org.jspecify.annotations.Nullable;

/** What a text of JSON turned out to hold. */
public sealed interface JsonText {

    /**
     * A value.
     *
     * @param value a tree of {@link java.util.Map}, {@link java.util.List}, {@link String}, {@link
     *     Number}, {@link Boolean} and null
     */
    record Tree(@Nullable Object value) implements JsonText {}

    /**
     * No value of JSON, or one beyond the reader's limits.
     *
     * @param where where it is wrong, without repeating the text
     */
    record Malformed(String where) implements JsonText {}
}
