/** Settings of the ledger. */
@NullMarked
package dev.meterbook.ledger.config;

import org.jspecify.annotations.NullMarked;
