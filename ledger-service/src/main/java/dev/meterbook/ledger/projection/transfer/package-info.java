/** Transfers apart from metered calls: invoices, rounding, payments, credits, settled periods. */
@NullMarked
package dev.meterbook.ledger.projection.transfer;

import org.jspecify.annotations.NullMarked;
