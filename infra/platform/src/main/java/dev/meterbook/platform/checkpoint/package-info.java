/** Checkpoints of event logs, kept outside of the database. */
@NullMarked
package dev.meterbook.platform.checkpoint;

import org.jspecify.annotations.NullMarked;
