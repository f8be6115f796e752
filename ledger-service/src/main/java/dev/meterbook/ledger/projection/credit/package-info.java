/** Credits of tenants and what is left of them. */
@NullMarked
package dev.meterbook.ledger.projection.credit;

import org.jspecify.annotations.NullMarked;
