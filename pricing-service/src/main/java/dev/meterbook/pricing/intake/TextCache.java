package dev.meterbook.pricing.intake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Texts found by their bytes: most calls name the same few tenants, users and models, and a text
 * that is known need not be decoded and hashed again. Each place holds the last text that came to
 * it, so that the memory is bounded. For one thread.
 */
final class TextCache {

    private static final int PLACES_LOG2 = 14;
    private static final int GOLDEN_RATIO = 0x9E3779B9;

    private record Known(byte[] bytes, String text) {}

    private final @Nullable Known[] places = new @Nullable Known[1 << PLACES_LOG2];

    /** The text of some bytes in UTF-8. */
    String text(byte[] source, int start, int length) {
        int place = place(source, start, length);
        Known known = places[place];
        if (known == null
                || !Arrays.equals(
                        known.bytes, 0, known.bytes.length, source, start, start + length)) {
            byte[] bytes = Arrays.copyOfRange(source, start, start + length);
            known = new Known(bytes, new String(bytes, StandardCharsets.UTF_8));
            places[place] = known;
        }
        return known.text;
    }

    private static int place(byte[] source, int start, int length) {
        int hash = length;
        for (int i = start; i < start + length; i++) {
            hash = 31 * hash + source[i];
        }
        return (hash * GOLDEN_RATIO) >>> (Integer.SIZE - PLACES_LOG2);
    }
}
