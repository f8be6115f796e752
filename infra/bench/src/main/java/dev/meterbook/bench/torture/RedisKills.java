package dev.meterbook.bench.torture;

import dev.meterbook.bench.Pauses;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Ends Redis by {@code kill -9}; the counters must begin a new life and be equal afterwards. */
final class RedisKills implements Scenario {

    private static final int ATTEMPTS = 600;
    private static final long LOOK_MILLIS = 100;

    @Override
    public String name() {
        return "kill-redis";
    }

    @Override
    public String what() {
        return "kill -9 of Redis; the budgets' counters begin a new life";
    }

    @Override
    public void run(Arena arena) {
        arena.feedDuring(
                () -> {
                    for (int i = 0; i < arena.plan().times(); i++) {
                        arena.pause(500, 3_000);
                        kill(arena);
                    }
                });
    }

    static void kill(Arena arena) {
        long before = lifeOfCounters(arena);
        arena.system().killRedis();
        arena.telling().fault("kill -9 of Redis");
        arena.pause(0, 2_000);
        arena.system().servers().restartRedis();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long now = lifeOfCounters(arena);
            if (now > before) {
                arena.telling().fault("Redis is up again, the counters are in life " + now);
                return;
            }
            Pauses.millis(LOOK_MILLIS);
        }
        throw new TortureFailure("the loss of Redis went unnoticed: no new life of the counters");
    }

    private static long lifeOfCounters(Arena arena) {
        try (Connection connection = arena.system().servers().administrator();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select number from budget.counter_epoch")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException refused) {
            throw new TortureFailure("cannot read the life of the counters", refused);
        }
    }
}
