package dev.meterbook.ledger.domain;

import dev.meterbook.kernel.Money;
import java.time.Instant;

/**
 * A metered call with its price: what is to be booked.
 *
 * @param kind why it was rated
 * @param tenant the tenant
 * @param usagePosition position in the usage log, from 1
 * @param ratingPosition position in the rating log, from 1
 * @param occurTime when the call occurred
 * @param provider the provider
 * @param model the model that was priced
 * @param application the application that called
 * @param contract the provider contract, or the catalogue, whose price was taken
 * @param cost what the provider bills
 * @param charge what the tenant owes
 * @param inputTokens input tokens, cached ones included
 * @param outputTokens output tokens, reasoning included
 */
public record PricedCall(
        RatingKind kind,
        String tenant,
        long usagePosition,
        long ratingPosition,
        Instant occurTime,
        String provider,
        String model,
        String application,
        String contract,
        Money cost,
        Money charge,
        long inputTokens,
        long outputTokens) {}
