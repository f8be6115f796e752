/** The append-only event log on PostgreSQL: gapless positions, no duplicates, a hash chain. */
@NullMarked
package dev.meterbook.platform.eventlog;

import org.jspecify.annotations.NullMarked;
