package dev.meterbook.pricing.domain;

/**
 * What a tenant is charged per unit, whatever the provider bills.
 *
 * @param provider the provider whose models these are; empty for every provider
 * @param table the prices
 */
public record FixedPrices(String provider, PriceTable table) {}
