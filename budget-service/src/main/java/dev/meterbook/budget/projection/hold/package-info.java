/** Holds as they were granted. */
@NullMarked
package dev.meterbook.budget.projection.hold;

import org.jspecify.annotations.NullMarked;
