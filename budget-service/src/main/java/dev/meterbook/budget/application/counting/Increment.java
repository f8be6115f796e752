package dev.meterbook.budget.application.counting;

import dev.meterbook.budget.domain.Tally;

/**
 * What is added to one bucket.
 *
 * @param bucket which bucket
 * @param tally how much
 */
public record Increment(CountedBucket bucket, Tally tally) {}
