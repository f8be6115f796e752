package dev.meterbook.budget.grpc;

import dev.meterbook.kernel.Identifiers;
import dev.meterbook.platform.grpc.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/** Pages of lists: how long, and where the next one begins. */
final class Pages {

    private static final int DEFAULT_SIZE = 50;
    private static final int MAX_SIZE = 1_000;

    private Pages() {}

    static int size(int requested) {
        if (requested < 0) {
            throw Refusal.invalid(
                    "INVALID_PAGE_SIZE", "page_size", Integer.toString(requested), "0 to 1000");
        }
        return requested == 0 ? DEFAULT_SIZE : Math.min(requested, MAX_SIZE);
    }

    /** The token behind a full page; empty if the list ends with it. */
    static <T> String next(List<T> page, int size, Function<T, String> place) {
        return page.size() < size
                ? ""
                : Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(
                                place.apply(page.getLast()).getBytes(StandardCharsets.UTF_8));
    }

    /** The budget's id of a token; empty for the first page. */
    static String afterId(String token) {
        String place = place(token);
        if (!token.isEmpty() && !Identifiers.isName(place)) {
            throw invalid(token);
        }
        return place;
    }

    /** The number of a token; the highest for the first page. */
    static long beforeNumber(String token) {
        String place = place(token);
        if (token.isEmpty()) {
            return Long.MAX_VALUE;
        }
        if (!place.matches("[0-9]{1,18}")) {
            throw invalid(token);
        }
        return Long.parseLong(place);
    }

    private static String place(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notOurs) {
            throw invalid(token);
        }
    }

    private static RuntimeException invalid(String token) {
        return Refusal.invalid(
                "INVALID_PAGE_TOKEN", "page_token", token, "token of the previous page");
    }
}
