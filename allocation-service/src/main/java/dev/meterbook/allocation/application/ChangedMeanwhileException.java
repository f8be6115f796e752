package dev.meterbook.allocation.application;

/** Another transaction changed the same entry of the directory. */
public final class ChangedMeanwhileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Tells what it met. */
    public ChangedMeanwhileException(Throwable cause) {
        super("the entry was changed by another transaction", cause);
    }
}
