/** Counting what was spent: from the rating log into the counters, and anew after a loss. */
@NullMarked
package dev.meterbook.budget.application.counting;

import org.jspecify.annotations.NullMarked;
