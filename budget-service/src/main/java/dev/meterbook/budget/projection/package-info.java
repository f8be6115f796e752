/** What the read models have in common. */
@NullMarked
package dev.meterbook.budget.projection;

import org.jspecify.annotations.NullMarked;
