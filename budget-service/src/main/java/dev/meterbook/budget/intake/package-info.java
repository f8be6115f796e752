/** Reads the rating log of pricing, and the budgets' own log. */
@NullMarked
package dev.meterbook.budget.intake;

import org.jspecify.annotations.NullMarked;
