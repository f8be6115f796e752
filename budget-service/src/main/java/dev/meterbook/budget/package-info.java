/** The budget service: stops spend at the ceiling before the call. */
@NullMarked
package dev.meterbook.budget;

import org.jspecify.annotations.NullMarked;
