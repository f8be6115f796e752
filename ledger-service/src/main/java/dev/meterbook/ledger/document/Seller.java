package dev.meterbook.ledger.document;

import java.util.List;

/**
 * Who issues the invoices.
 *
 * @param name the name
 * @param lines address, tax number and the like, one line each; at most 6
 */
public record Seller(String name, List<String> lines) {

    /** Lines at most. */
    public static final int MAX_LINES = 6;

    /**
     * Checks the number of lines.
     *
     * @throws IllegalArgumentException if there are more than {@value #MAX_LINES}
     */
    public Seller {
        lines = List.copyOf(lines);
        if (lines.size() > MAX_LINES) {
            throw new IllegalArgumentException(
                    "lines: " + lines.size() + " (expected: at most " + MAX_LINES + ")");
        }
    }
}
