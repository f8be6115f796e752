package dev.meterbook.platform.consumer;

import dev.meterbook.platform.eventlog.WakeUps;
import dev.meterbook.platform.jdbc.Database;
import io.micronaut.context.BeanContext;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.inject.qualifiers.Qualifiers;
import jakarta.inject.Singleton;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Every follower of the process. They are complete before the process takes calls: this bean is
 * made with the context, after all databases, before any server starts.
 */
@Context
@Singleton
public final class LogTails implements ApplicationEventListener<ShutdownEvent> {

    private final IdentityHashMap<LogFollower, LogTail> tails = new IdentityHashMap<>();

    /** Starts a tail for each follower and waits until each has seen its log. */
    LogTails(BeanContext beans, List<Database> databases, List<LogFollower> followers) {
        for (LogFollower follower : followers) {
            Database database = databaseOf(databases, follower);
            WakeUps wakeUps = beans.getBean(WakeUps.class, Qualifiers.byName(database.service()));
            tails.put(follower, new LogTail(follower, database, wakeUps));
        }
        tails.values().forEach(LogTail::start);
    }

    private static Database databaseOf(List<Database> databases, LogFollower follower) {
        return databases.stream()
                .filter(each -> each.service().equals(follower.service()))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "service: "
                                                + follower.service()
                                                + " (expected: a service"
                                                + " of this process)"));
    }

    /** The tail of a follower. */
    public LogTail of(LogFollower follower) {
        LogTail tail = tails.get(follower);
        if (tail == null) {
            throw new IllegalStateException(follower + " is not a bean of this process");
        }
        return tail;
    }

    /** Before the databases are closed. */
    @Override
    public void onApplicationEvent(ShutdownEvent ended) {
        tails.values().forEach(LogTail::close);
    }
}
