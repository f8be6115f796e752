/** What can be done with the book: book usage; grant credits; draft, issue and pay invoices. */
@NullMarked
package dev.meterbook.ledger.application;

import org.jspecify.annotations.NullMarked;
