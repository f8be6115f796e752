package dev.meterbook.allocation.application;

import java.time.Instant;

/**
 * A range of time.
 *
 * @param start first moment, a full hour
 * @param end first moment after it, a full hour
 */
public record HourRange(Instant start, Instant end) {}
