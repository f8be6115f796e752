/** Calls that wait for a price. */
@NullMarked
package dev.meterbook.pricing.projection.unpriced;

import org.jspecify.annotations.NullMarked;
