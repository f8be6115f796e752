package dev.meterbook.allinone.system;

import java.io.Serial;

/**
 * A command cannot go on; the message says why in one line, as {@code thing: value (expected: …)}.
 */
public final class CommandFailure extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    /** Fails with a line for people. */
    public CommandFailure(String message) {
        super(message);
    }

    /** Fails with a line for people, and its cause for the log. */
    public CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
