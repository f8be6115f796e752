package dev.meterbook.pricing.projection.unpriced;

import dev.meterbook.kernel.Leaf;
import dev.meterbook.pricing.domain.UnpricedReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Calls that wait for the same reason.
 *
 * @param tenantId the tenant
 * @param provider the provider
 * @param model the model
 * @param reason why they have no price
 * @param leaf the kind that has no price; null if that is not the reason
 * @param callCount how many
 * @param firstOccurTime when the first of them occurred
 * @param lastOccurTime when the last of them occurred
 */
public record UnpricedGroup(
        String tenantId,
        String provider,
        String model,
        UnpricedReason reason,
        @Nullable Leaf leaf,
        long callCount,
        Instant firstOccurTime,
        Instant lastOccurTime) {}
