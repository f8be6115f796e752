package dev.meterbook.platform.eventlog;

/**
 * Another process writes this shard, or is about to; the caller should try again a little later, or
 * elsewhere. Nothing was stored.
 */
public final class WriterElsewhereException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Without stack trace: it is an answer, not a fault. */
    public WriterElsewhereException() {
        super("another process writes this shard", null, false, false);
    }
}
