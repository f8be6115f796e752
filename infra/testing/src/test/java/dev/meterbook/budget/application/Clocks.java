package dev.meterbook.budget.application;

import java.time.Instant;
import java.util.UUID;

/** Breaks, on purpose: reads the clock and makes ids by itself. */
public final class Clocks {
    private Clocks() {}

    /** Breaks: the wall clock and a random id. */
    public static String stamp() {
        return Instant.now() + "/" + UUID.randomUUID();
    }
}
