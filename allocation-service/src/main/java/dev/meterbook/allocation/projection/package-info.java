/** Read models: the directory and the hourly roll-up of costs. */
@NullMarked
package dev.meterbook.allocation.projection;

import org.jspecify.annotations.NullMarked;
