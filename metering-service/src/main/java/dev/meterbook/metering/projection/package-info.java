/** Calls read back from the usage log, and the sparse index that finds those of one tenant. */
@NullMarked
package dev.meterbook.metering.projection;

import org.jspecify.annotations.NullMarked;
