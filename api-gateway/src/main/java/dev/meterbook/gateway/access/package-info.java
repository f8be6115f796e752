/** API keys and portal users: their tables, their rules, their events. */
@NullMarked
package dev.meterbook.gateway.access;

import org.jspecify.annotations.NullMarked;
