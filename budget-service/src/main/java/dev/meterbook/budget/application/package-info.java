/** Budgets as a whole: the book of those in force, commands to them, and their use. */
@NullMarked
package dev.meterbook.budget.application;

import org.jspecify.annotations.NullMarked;
