package dev.meterbook.pricing.domain.charge;

/**
 * A line with the period it belongs to.
 *
 * @param period number of the period, from 1
 * @param line what is billed or taken back
 */
public record PeriodLine(int period, ChargeLine line) {}
