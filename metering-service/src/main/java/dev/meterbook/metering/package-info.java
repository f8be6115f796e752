/** The meter: takes model calls, each exactly once, and keeps them for ever. */
@NullMarked
package dev.meterbook.metering;

import org.jspecify.annotations.NullMarked;
