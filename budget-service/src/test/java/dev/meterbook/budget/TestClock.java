package dev.meterbook.budget;

import dev.meterbook.testing.MutableClock;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The time of tests: it stands still until a test moves it. */
@Factory
final class TestClock {

    static final String NOW = "2026-07-15T10:00:00Z";

    @Singleton
    @Replaces(Clock.class)
    MutableClock clock() {
        return MutableClock.at(NOW);
    }
}
