package dev.meterbook.pricing.domain;

/**
 * What a running quantity is counted for.
 *
 * @param owner whose rule it is, see {@link TermOwner}
 * @param rule the rule's id
 * @param periodStartMicros first moment of the period, in microseconds since 1970-01-01T00:00Z; 0
 *     if the contract or plan as a whole is counted
 */
public record VolumeKey(String owner, String rule, long periodStartMicros) {}
