/** What was booked for metered calls. */
@NullMarked
package dev.meterbook.ledger.projection.posting;

import org.jspecify.annotations.NullMarked;
