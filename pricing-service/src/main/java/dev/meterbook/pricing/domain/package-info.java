/**
 * Contracts, plans, the price book and the exact rating of a call. Plain Java, no input or output.
 */
@NullMarked
package dev.meterbook.pricing.domain;

import org.jspecify.annotations.NullMarked;
