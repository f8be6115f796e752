/** Puts the service together. */
@NullMarked
package dev.meterbook.allocation.config;

import org.jspecify.annotations.NullMarked;
