/** Invoices as files for people and spreadsheets. */
@NullMarked
package dev.meterbook.ledger.document;

import org.jspecify.annotations.NullMarked;
