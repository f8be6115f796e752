/** Settings of the budget service, and what is made of them. */
@NullMarked
package dev.meterbook.budget.config;

import org.jspecify.annotations.NullMarked;
