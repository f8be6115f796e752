/** Budgets as Axon aggregates, and how their events are stored. */
@NullMarked
package dev.meterbook.budget.axon;

import org.jspecify.annotations.NullMarked;
