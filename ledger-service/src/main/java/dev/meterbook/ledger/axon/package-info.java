/** Invoices and credits as Axon aggregates, and how their events are stored. */
@NullMarked
package dev.meterbook.ledger.axon;

import org.jspecify.annotations.NullMarked;
