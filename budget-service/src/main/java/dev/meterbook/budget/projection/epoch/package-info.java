/** Which life of the counters is the present one. */
@NullMarked
package dev.meterbook.budget.projection.epoch;

import org.jspecify.annotations.NullMarked;
