package dev.meterbook.platform.eventlog;

import dev.meterbook.platform.jdbc.ServiceSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells readers at once that a log has grown: one connection of a service listens to the
 * notification that each append sends, which names the events that were appended. A notification
 * may be missed (a lost connection); readers therefore look by themselves once in a while.
 */
public final class WakeUps implements AutoCloseable {

    private static final int WAIT_MILLIS = 250;

    /** Far below what a notification may hold. */
    private static final int LONGEST_NAMES = 4_000;

    /** Stands for any events. */
    private static final String ANY = "";

    private static final String SEPARATOR = " ";
    private static final Logger LOG = LoggerFactory.getLogger(WakeUps.class);

    private final ServiceSettings settings;
    private final Map<String, List<Sleeper>> sleepers = new ConcurrentHashMap<>();
    private final Set<String> listening = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean closed;

    private record Sleeper(Set<String> eventNames, Runnable wakeUp) {

        boolean wants(String names) {
            return names.isEmpty()
                    || eventNames.isEmpty()
                    || Arrays.stream(names.split(SEPARATOR)).anyMatch(eventNames::contains);
        }
    }

    /** Starts listening. */
    public WakeUps(ServiceSettings settings) {
        this.settings = settings;
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("wake-ups-" + settings.name())
                        .start(this::listenUntilClosed);
    }

    /**
     * Runs something whenever a log has grown.
     *
     * @param log the service whose log it is
     * @param wakeUp must return quickly
     * @return ends it
     */
    public Runnable onAppend(String log, Runnable wakeUp) {
        return onAppend(log, Set.of(), wakeUp);
    }

    /**
     * Runs something whenever a log has grown by one of some events.
     *
     * @param log the service whose log it is
     * @param eventNames the events; empty for all
     * @param wakeUp must return quickly
     * @return ends it
     */
    public Runnable onAppend(String log, Set<String> eventNames, Runnable wakeUp) {
        List<Sleeper> ofLog = sleepers.computeIfAbsent(log, any -> new CopyOnWriteArrayList<>());
        Sleeper sleeper = new Sleeper(eventNames, wakeUp);
        ofLog.add(sleeper);
        return () -> ofLog.remove(sleeper);
    }

    /** What a notification says of the names of new events. */
    static String names(Stream<String> eventNames) {
        String names = eventNames.distinct().collect(Collectors.joining(SEPARATOR));
        return names.length() <= LONGEST_NAMES ? names : ANY;
    }

    private void listenUntilClosed() {
        while (!closed) {
            try (Connection connection =
                    DriverManager.getConnection(settings.url(), connectionSettings())) {
                listening.clear();
                listen(connection);
            } catch (SQLException lost) {
                LOG.debug("{}: not listening, trying again", settings.name(), lost);
                pause();
            }
        }
    }

    private Properties connectionSettings() {
        Properties properties = new Properties();
        properties.setProperty("user", settings.role());
        properties.setProperty("password", settings.password());
        properties.setProperty("socketFactory", PromptSockets.class.getName());
        return properties;
    }

    private void listen(Connection connection) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        while (!closed) {
            listenToNewLogs(connection);
            PGNotification[] news = postgres.getNotifications(WAIT_MILLIS);
            if (news != null) {
                for (PGNotification each : news) {
                    wake(each.getName(), each.getParameter());
                }
            }
        }
    }

    private void listenToNewLogs(Connection connection) throws SQLException {
        for (String log : sleepers.keySet()) {
            if (listening.add(log)) {
                try (Statement listen = connection.createStatement()) {
                    listen.execute("listen " + EventLog.channel(log));
                }
                wake(EventLog.channel(log), ANY);
            }
        }
    }

    private void wake(String channel, String names) {
        sleepers.forEach(
                (log, ofLog) -> {
                    if (channel.equals(EventLog.channel(log))) {
                        ofLog.stream()
                                .filter(sleeper -> sleeper.wants(names))
                                .forEach(sleeper -> sleeper.wakeUp.run());
                    }
                });
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(WAIT_MILLIS);
        } catch (InterruptedException stop) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
