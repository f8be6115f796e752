/**
 * Charge models: what a quantity costs under tiers, packages, fees, caps and commitments, exactly.
 * Plain Java, no input or output, no clock.
 */
@NullMarked
package dev.meterbook.pricing.domain.charge;

import org.jspecify.annotations.NullMarked;
