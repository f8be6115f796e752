/** A metered call as the caller tells it, what is wrong with it, and its disjoint quantities. */
@NullMarked
package dev.meterbook.metering.domain;

import org.jspecify.annotations.NullMarked;
