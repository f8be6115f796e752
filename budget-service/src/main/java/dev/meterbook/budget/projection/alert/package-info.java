/** Thresholds reached. */
@NullMarked
package dev.meterbook.budget.projection.alert;

import org.jspecify.annotations.NullMarked;
