package dev.meterbook.pricing.projection.unpriced;

import dev.meterbook.kernel.Leaf;
import dev.meterbook.pricing.domain.UnpricedReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call that waits for a price.
 *
 * @param tenantId the tenant
 * @param usageShard shard of the usage log
 * @param usagePosition position in the usage log
 * @param callId the id that the client chose
 * @param provider the provider
 * @param model the model
 * @param application the application that made the call
 * @param reason why it has no price
 * @param leaf the kind that has no price; null if that is not the reason
 * @param occurTime when it occurred
 */
public record UnpricedCall(
        String tenantId,
        int usageShard,
        long usagePosition,
        String callId,
        String provider,
        String model,
        String application,
        UnpricedReason reason,
        @Nullable Leaf leaf,
        Instant occurTime) {}
