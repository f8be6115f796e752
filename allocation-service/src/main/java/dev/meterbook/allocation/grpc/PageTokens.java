package dev.meterbook.allocation.grpc;

import dev.meterbook.platform.grpc.Refusal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * Pages: sizes and tokens. A token holds texts that say where the next page begins. It is not a
 * secret and grants nothing: what may be read is decided by the credential alone.
 */
final class PageTokens {

    private static final int DEFAULT_SIZE = 50;
    private static final int MAX_SIZE = 1_000;
    private static final int MAX_TOKEN_LENGTH = 4_000;
    private static final int MAX_TEXTS = 16;

    private PageTokens() {}

    /** Entries of a page; more than {@value #MAX_SIZE} are cut to that. */
    static int size(int pageSize) {
        if (pageSize < 0) {
            throw Refusal.invalid(
                    "INVALID_PAGE_SIZE",
                    "page_size",
                    Integer.toString(pageSize),
                    "0 to " + MAX_SIZE);
        }
        return pageSize == 0 ? DEFAULT_SIZE : Math.min(pageSize, MAX_SIZE);
    }

    /** A token of texts. */
    static String encode(List<String> texts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (String text : texts) {
                out.writeUTF(text);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /** The texts of a token. */
    static List<String> decode(String token) {
        if (token.length() > MAX_TOKEN_LENGTH) {
            throw invalid(token);
        }
        try (DataInputStream in =
                new DataInputStream(
                        new ByteArrayInputStream(Base64.getUrlDecoder().decode(token)))) {
            List<String> texts = new ArrayList<>();
            while (in.available() > 0 && texts.size() < MAX_TEXTS) {
                texts.add(in.readUTF());
            }
            return texts;
        } catch (IOException | IllegalArgumentException malformed) {
            throw invalid(token);
        }
    }

    /** The id behind which a page begins; empty for the first page. */
    static String idOf(String token) {
        return token.isEmpty() ? "" : decode(token, 1).getFirst();
    }

    /** The texts of a token that has just so many. */
    static List<String> decode(String token, int count) {
        List<String> texts = decode(token);
        if (texts.size() != count || texts.stream().anyMatch(PageTokens::hasControlCharacter)) {
            throw invalid(token);
        }
        return texts;
    }

    /** INVALID_ARGUMENT for a token that is none of ours. */
    static io.grpc.StatusRuntimeException invalid(String token) {
        return Refusal.invalid(
                "INVALID_PAGE_TOKEN", "page_token", token, "next_page_token of an answer");
    }

    /**
     * The token after a page.
     *
     * @param found entries found, one more than the page holds if more follow
     * @param size entries of the page
     * @param id names an entry
     * @return empty if none follow
     */
    static <T> String next(List<T> found, int size, Function<T, String> id) {
        return found.size() <= size ? "" : encode(List.of(id.apply(found.get(size - 1))));
    }

    /** The entries of the page itself. */
    static <T> List<T> cut(List<T> found, int size) {
        return found.size() <= size ? found : found.subList(0, size);
    }

    private static boolean hasControlCharacter(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}
