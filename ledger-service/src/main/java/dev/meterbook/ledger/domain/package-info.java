/** The book: accounts, transfers, what a metered call posts, and how charges become an invoice. */
@NullMarked
package dev.meterbook.ledger.domain;

import org.jspecify.annotations.NullMarked;
