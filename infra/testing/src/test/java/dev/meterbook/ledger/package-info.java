/** A sample of another service. */
@NullMarked
package dev.meterbook.ledger;

import org.jspecify.annotations.NullMarked;
