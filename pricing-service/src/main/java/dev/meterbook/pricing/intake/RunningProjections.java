package dev.meterbook.pricing.intake;

import dev.meterbook.pricing.projection.spend.SpendProjection;
import dev.meterbook.pricing.projection.volume.VolumeProjection;
import jakarta.inject.Singleton;

/**
 * Where running totals are kept.
 *
 * @param volumes how much was used
 * @param spends how much was spent
 */
@Singleton
public record RunningProjections(VolumeProjection volumes, SpendProjection spends) {}
