/** How much of each period was used, by contract and by tenant, for prices that depend on it. */
@NullMarked
package dev.meterbook.pricing.projection.volume;

import org.jspecify.annotations.NullMarked;
