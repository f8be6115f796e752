/** Rated usage and settled periods from the pricing service's log become journal rows. */
@NullMarked
package dev.meterbook.ledger.intake;

import org.jspecify.annotations.NullMarked;
