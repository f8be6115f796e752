package dev.meterbook.ledger;

import dev.meterbook.testing.MutableClock;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The time of tests. */
@Factory
final class TestClock {

    static final String NOW = "2026-11-02T10:30:00Z";

    @Singleton
    @Replaces(Clock.class)
    MutableClock clock() {
        return MutableClock.at(NOW);
    }
}
