/** What the directory decides, which cost center takes a call, and how calls add up. Plain Java. */
@NullMarked
package dev.meterbook.allocation.domain;

import org.jspecify.annotations.NullMarked;
