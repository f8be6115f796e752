/** Charges not yet invoiced, summed by what a line of an invoice stands for. */
@NullMarked
package dev.meterbook.ledger.projection.billable;

import org.jspecify.annotations.NullMarked;
