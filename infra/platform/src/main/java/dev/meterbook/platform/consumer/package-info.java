/**
 * Readers of event logs: consumers with a stored position, and followers that keep state in memory.
 */
@NullMarked
package dev.meterbook.platform.consumer;

import org.jspecify.annotations.NullMarked;
