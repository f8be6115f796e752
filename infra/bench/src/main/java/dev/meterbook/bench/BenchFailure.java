package dev.meterbook.bench;

import java.io.Serial;

/** The benchmark itself cannot go on. */
final class BenchFailure extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    BenchFailure(String message) {
        super(message);
    }

    BenchFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
