package dev.meterbook.platform.eventlog;

import dev.meterbook.platform.jdbc.Database;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.EachBean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The event log of each service of the process, its writer and its wake-ups. */
@Factory
final class EventLogFactory {

    @EachBean(Database.class)
    EventLog eventLog(Database database, Clock clock) {
        return new EventLog(database.service(), clock);
    }

    /** What this process appends to the log lately, if it writes in groups. */
    @EachBean(Database.class)
    @SuppressWarnings("UnusedVariable")
    RecentEvents recentEvents(Database database) {
        return new RecentEvents();
    }

    @EachBean(Database.class)
    @Bean(preDestroy = "close")
    WakeUps wakeUps(Database database) {
        return new WakeUps(database.settings());
    }

    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }
}
