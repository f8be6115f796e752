/** What the read models share: arrays as parameters of set-based SQL, and reading of times. */
@NullMarked
package dev.meterbook.ledger.projection;

import org.jspecify.annotations.NullMarked;
