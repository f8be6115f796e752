/** Use cases that the adapters call, and the ports they need. */
@NullMarked
package dev.meterbook.pricing.application;

import org.jspecify.annotations.NullMarked;
