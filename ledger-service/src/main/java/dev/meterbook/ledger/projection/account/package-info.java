/** Accounts and their balances. */
@NullMarked
package dev.meterbook.ledger.projection.account;

import org.jspecify.annotations.NullMarked;
