/** Contracts and plans as Axon aggregates, and how their events are stored. */
@NullMarked
package dev.meterbook.pricing.axon;

import org.jspecify.annotations.NullMarked;
