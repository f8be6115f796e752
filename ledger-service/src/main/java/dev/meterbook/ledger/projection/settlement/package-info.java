/** What contracts and plans owe for periods beside their calls. */
@NullMarked
package dev.meterbook.ledger.projection.settlement;

import org.jspecify.annotations.NullMarked;
