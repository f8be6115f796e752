package dev.meterbook.gateway.access;

import java.util.List;

/**
 * A page of a list.
 *
 * @param items in order
 * @param nextPageToken for the next page; empty at the end
 * @param <T> what is listed
 */
public record Page<T>(List<T> items, String nextPageToken) {

    /** Items of a page at most. */
    public static final int MAX_SIZE = 1_000;

    private static final int DEFAULT_SIZE = 50;

    /** Copies the items. */
    public Page {
        items = List.copyOf(items);
    }

    /** The size that a request asks for: 0 means 50, more than 1,000 means 1,000. */
    public static int size(int requested) {
        return requested <= 0 ? DEFAULT_SIZE : Math.min(requested, MAX_SIZE);
    }
}
