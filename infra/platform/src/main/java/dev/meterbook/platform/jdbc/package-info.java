/** One database of one service: pool, migrations, transactions, reads on behalf of a tenant. */
@NullMarked
package dev.meterbook.platform.jdbc;

import org.jspecify.annotations.NullMarked;
