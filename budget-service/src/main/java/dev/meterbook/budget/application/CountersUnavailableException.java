package dev.meterbook.budget.application;

import org.jspecify.annotations.Nullable;

/** The counters cannot be reached, or were lost and are not made anew yet. */
public final class CountersUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Without stack trace: it may be thrown for every call. */
    public CountersUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
    }
}
