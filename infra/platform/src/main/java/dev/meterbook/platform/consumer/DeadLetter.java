package dev.meterbook.platform.consumer;

import dev.meterbook.platform.eventlog.StoredEvent;
import java.time.Instant;

/**
 * A part of an event that a consumer could not take.
 *
 * @param consumer the consumer's name
 * @param part what it could not take
 * @param reason why, in at most 500 characters
 * @param attempts how often it was tried, from 1
 * @param firstTime when it was set aside
 * @param lastTime when it was tried last
 */
public record DeadLetter(
        String consumer,
        StoredEvent part,
        String reason,
        int attempts,
        Instant firstTime,
        Instant lastTime) {}
