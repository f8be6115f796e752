/** Rated usage from the pricing service's log becomes postings. */
@NullMarked
package dev.meterbook.ledger.intake;

import org.jspecify.annotations.NullMarked;
