/** Counters and holds in Redis: one script for every step. */
@NullMarked
package dev.meterbook.budget.redis;

import org.jspecify.annotations.NullMarked;
