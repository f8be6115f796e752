package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.Quantities;

/**
 * What the price of a call depends on.
 *
 * @param tenant the tenant
 * @param provider the provider
 * @param model the model that is priced: the served one, or the requested one where that is not
 *     known
 * @param quantities what was consumed
 * @param tier the service tier
 * @param occurTimeMicros when it occurred, in microseconds since 1970-01-01T00:00Z
 * @param region the provider's region; empty if it is not told
 */
public record CallFacts(
        String tenant,
        String provider,
        String model,
        Quantities quantities,
        ServiceTier tier,
        long occurTimeMicros,
        String region) {

    /** A call whose region is not told. */
    public CallFacts(
            String tenant,
            String provider,
            String model,
            Quantities quantities,
            ServiceTier tier,
            long occurTimeMicros) {
        this(tenant, provider, model, quantities, tier, occurTimeMicros, "");
    }
}
