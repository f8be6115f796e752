/** Follows the directory of tenants in the allocation log. */
@NullMarked
package dev.meterbook.metering.intake;

import org.jspecify.annotations.NullMarked;
