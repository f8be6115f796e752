package dev.meterbook.allinone.export;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of text in columns as wide as their widest cell; the first to the left, the others to the
 * right.
 */
public final class TextTable {

    private final List<List<String>> rows = new ArrayList<>();

    /** A table with a header. */
    public TextTable(List<String> header) {
        rows.add(List.copyOf(header));
    }

    /**
     * Adds a row.
     *
     * @throws IllegalArgumentException if it has not as many cells as the header
     */
    public TextTable add(List<String> row) {
        if (row.size() != rows.getFirst().size()) {
            throw new IllegalArgumentException("cells: " + row + " (expected: one a column)");
        }
        rows.add(List.copyOf(row));
        return this;
    }

    /** The lines, the header first. */
    public List<String> lines() {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String blanks = " ".repeat(widths[column] - cells.get(column).length());
            line.append(
                    column == 0 ? cells.get(column) + blanks : "  " + blanks + cells.get(column));
        }
        return line.toString().stripTrailing();
    }
}
