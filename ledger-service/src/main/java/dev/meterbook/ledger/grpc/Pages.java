package dev.meterbook.ledger.grpc;

import dev.meterbook.platform.grpc.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Pages of lists: how long, and where the next one begins. */
final class Pages {

    /** Entries of a page that names no size. */
    static final int DEFAULT_SIZE = 50;

    /** Entries of a page at most; more is cut to this. */
    static final int MAX_SIZE = 1_000;

    private static final Pattern PLACE = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,18})*");

    private Pages() {}

    /**
     * The size of a page.
     *
     * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT if it is negative
     */
    static int size(int requested) {
        if (requested < 0) {
            throw Refusal.invalid(
                    "INVALID_PAGE_SIZE", "page_size", Integer.toString(requested), "0 to 1000");
        }
        return requested == 0 ? DEFAULT_SIZE : Math.min(requested, MAX_SIZE);
    }

    /** The token of a place: numbers of 0 and more. */
    static String token(long... place) {
        String text =
                LongStream.of(place).mapToObj(Long::toString).collect(Collectors.joining("."));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The token of a full page; empty if the list ends with it. */
    static <T> String next(List<T> page, int size, Function<T, long[]> place) {
        return page.size() < size ? "" : token(place.apply(page.getLast()));
    }

    /**
     * The place of a token.
     *
     * @param start the place if there is no token
     * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT if we did not make it
     */
    static long[] place(String token, long... start) {
        if (token.isEmpty()) {
            return start;
        }
        String text = decoded(token);
        long[] place =
                PLACE.matcher(text).matches()
                        ? Arrays.stream(text.split("\\.", -1)).mapToLong(Long::parseLong).toArray()
                        : new long[0];
        if (place.length != start.length) {
            throw Refusal.invalid(
                    "INVALID_PAGE_TOKEN", "page_token", token, "token of the previous page");
        }
        return place;
    }

    private static String decoded(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException notOurs) {
            return "";
        }
    }
}
