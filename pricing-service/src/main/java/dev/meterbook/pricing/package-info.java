/** The pricing service: contracts, plans, list prices, and what every metered call costs. */
@NullMarked
package dev.meterbook.pricing;

import org.jspecify.annotations.NullMarked;
