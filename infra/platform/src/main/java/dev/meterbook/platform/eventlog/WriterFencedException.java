package dev.meterbook.platform.eventlog;

import java.sql.SQLException;

/** Another writer has taken over the shard; nothing was stored. */
public final class WriterFencedException extends SQLException {

    private static final long serialVersionUID = 1L;

    WriterFencedException(String log, long own, long current) {
        super(log + ": epoch " + own + " (expected: " + current + ", the current writer's)");
    }
}
