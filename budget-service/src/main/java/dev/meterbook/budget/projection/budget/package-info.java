/** What each budget is now. */
@NullMarked
package dev.meterbook.budget.projection.budget;

import org.jspecify.annotations.NullMarked;
