package dev.meterbook.ledger.domain;

import java.util.Locale;

/**
 * The number of an issued invoice: {@code INV-2026-000001}. Numbers of a year are dense.
 *
 * @param year year of issue in UTC
 * @param count count within the year, from 1
 */
public record InvoiceNumber(int year, long count) {

    /**
     * Checks the count.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public InvoiceNumber {
        if (count < 1) {
            throw new IllegalArgumentException("count: " + count + " (expected: >= 1)");
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "INV-%04d-%06d", year, count);
    }
}
