/** How much of each contract's periods was used, for prices that depend on it. */
@NullMarked
package dev.meterbook.pricing.projection.volume;

import org.jspecify.annotations.NullMarked;
