/** Wires the meter's beans. */
@NullMarked
package dev.meterbook.metering.config;

import org.jspecify.annotations.NullMarked;
