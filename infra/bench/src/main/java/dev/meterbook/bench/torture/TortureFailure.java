package dev.meterbook.bench.torture;

import java.io.Serial;

/** The run cannot go on; or something took so long that it counts as lost. */
final class TortureFailure extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    TortureFailure(String message) {
        super(message);
    }

    /** What happened, and the first line of why. */
    TortureFailure(String message, Throwable cause) {
        super(
                message + ": " + String.valueOf(cause.getMessage()).lines().findFirst().orElse(""),
                cause);
    }
}
