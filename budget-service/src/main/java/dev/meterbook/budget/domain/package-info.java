/** What a budget is and decides: scope, window, ceiling, policy, thresholds. Plain Java. */
@NullMarked
package dev.meterbook.budget.domain;

import org.jspecify.annotations.NullMarked;
