/** Invoices and the lines of issued ones. */
@NullMarked
package dev.meterbook.ledger.projection.invoice;

import org.jspecify.annotations.NullMarked;
