package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.CurrencyCode;

/**
 * What spend is counted for.
 *
 * @param owner whose term it is, see {@link TermOwner}
 * @param term the term's id
 * @param currency of the amounts
 * @param periodStartMicros first moment of the calendar period, in microseconds since
 *     1970-01-01T00:00Z; 0 if the contract or plan as a whole is counted
 */
public record SpendKey(String owner, String term, CurrencyCode currency, long periodStartMicros) {}
