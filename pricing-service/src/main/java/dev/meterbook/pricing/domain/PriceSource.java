package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.CurrencyCode;

/**
 * Where a price comes from.
 *
 * @param contract the contract's id, or {@code list:<provider>} for the catalogue
 * @param version the version of the price
 * @param currency the currency of the cost
 */
public record PriceSource(String contract, String version, CurrencyCode currency) {

    /** What stands before the provider where the price is a list price. */
    public static final String LIST = "list:";
}
