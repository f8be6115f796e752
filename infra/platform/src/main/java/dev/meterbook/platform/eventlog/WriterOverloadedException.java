package dev.meterbook.platform.eventlog;

/** Too much waits to be written; the caller should try again a little later. Nothing was stored. */
public final class WriterOverloadedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Without stack trace: it is thrown when there is no time to lose. */
    public WriterOverloadedException() {
        super("too many events wait to be written", null, false, false);
    }
}
