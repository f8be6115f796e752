package dev.meterbook.pricing.grpc;

import dev.meterbook.platform.grpc.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * Pages as AIP-158 has them: a size with default and limit, and a token that clients do not read.
 */
final class Paging {

    private static final int DEFAULT_SIZE = 50;
    private static final int MAX_SIZE = 1_000;

    private Paging() {}

    /** Size of a page: 50 if not told, 1,000 at most. */
    static int size(int requested) {
        if (requested < 0) {
            throw Refusal.invalid(
                    "INVALID_PAGE_SIZE",
                    "page_size",
                    Integer.toString(requested),
                    "0 to " + MAX_SIZE);
        }
        return requested == 0 ? DEFAULT_SIZE : Math.min(requested, MAX_SIZE);
    }

    /** What a token stands for; empty for the first page. */
    static String after(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException foreign) {
            throw invalid(token);
        }
    }

    /** The number that a token stands for; 0 for the first page. */
    static long numberAfter(String token) {
        String after = after(token);
        if (after.isEmpty()) {
            return 0;
        }
        if (!after.matches("[0-9]{1,18}")) {
            throw invalid(token);
        }
        return Long.parseLong(after);
    }

    /** The token for what comes after the last entry of a full page; empty at the end. */
    static <T> String next(List<T> page, int size, Function<T, String> key) {
        return page.size() < size ? "" : token(key.apply(page.getLast()));
    }

    static String token(String after) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(after.getBytes(StandardCharsets.UTF_8));
    }

    private static RuntimeException invalid(String token) {
        return Refusal.invalid(
                "INVALID_PAGE_TOKEN", "page_token", token, "a token of an earlier answer");
    }
}
