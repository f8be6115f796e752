package dev.meterbook.bench;

import java.io.Serial;

/** The benchmark itself cannot go on. */
public final class BenchFailure extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    /** What cannot be done. */
    public BenchFailure(String message) {
        super(message);
    }

    /** What cannot be done, and why. */
    public BenchFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
