/** The rating log becomes the roll-up; the directory's log becomes the rules of allocation. */
@NullMarked
package dev.meterbook.allocation.intake;

import org.jspecify.annotations.NullMarked;
