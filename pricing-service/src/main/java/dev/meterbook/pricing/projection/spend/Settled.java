package dev.meterbook.pricing.projection.spend;

import dev.meterbook.pricing.domain.SpendKey;
import dev.meterbook.pricing.domain.SpendTerm;
import dev.meterbook.pricing.domain.Validity;
import dev.meterbook.pricing.domain.VolumePeriod;
import java.math.BigDecimal;

/**
 * What was settled for a period beside its calls.
 *
 * @param key whose period
 * @param kind how long such periods are
 * @param period its moments
 * @param version the version that the last settlement took its term from
 * @param reason why something is owed
 * @param amount the sum of all settlements, from 0
 */
public record Settled(
        SpendKey key,
        VolumePeriod kind,
        Validity period,
        String version,
        SpendTerm.Reason reason,
        BigDecimal amount) {}
