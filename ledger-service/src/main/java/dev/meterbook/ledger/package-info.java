/** The ledger: what every call cost and what is owed for it, in a book that is never changed. */
@NullMarked
package dev.meterbook.ledger;

import org.jspecify.annotations.NullMarked;
