package dev.meterbook.allinone.export;

import dev.meterbook.proto.metering.v1.ServiceTier;
import dev.meterbook.proto.type.v1.Leaf;
import java.util.Locale;

/** Names of kinds and tiers in files: {@code input_cache_read}, {@code batch}. */
final class Names {

    private Names() {}

    static String of(Leaf leaf) {
        return leaf.name().replaceFirst("LEAF_", "").toLowerCase(Locale.ROOT);
    }

    /** Calls without a tier are of the standard one. */
    static String of(ServiceTier tier) {
        return tier == ServiceTier.SERVICE_TIER_UNSPECIFIED
                ? "standard"
                : tier.name().replaceFirst("SERVICE_TIER_", "").toLowerCase(Locale.ROOT);
    }
}
