package dev.meterbook.embedded;

import java.io.Serial;

/**
 * An embedded server could not be unpacked, started or stopped; the message says why in one line.
 */
public final class EmbeddedServerException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    EmbeddedServerException(String message) {
        super(message);
    }

    EmbeddedServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
