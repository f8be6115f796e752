package dev.meterbook.bench.torture;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Ends PostgreSQL by {@code kill -9}: one of its processes, then all of them. */
final class PostgresKills implements Scenario {

    private static final String BACKENDS =
            "select pid, usename from pg_stat_activity where usename like 'meterbook_%' order by pid";

    @Override
    public String name() {
        return "kill-postgres";
    }

    @Override
    public String what() {
        return "kill -9 of a backend of PostgreSQL, and of its postmaster with all its processes";
    }

    @Override
    public void run(Arena arena) {
        arena.feedDuring(
                () -> {
                    for (int i = 0; i < arena.plan().times(); i++) {
                        arena.pause(500, 3_000);
                        killBackend(arena);
                        arena.pause(2_000, 5_000);
                        killAll(arena);
                        arena.pause(1_000, 3_000);
                    }
                });
    }

    static void killBackend(Arena arena) {
        try (Connection connection = arena.system().servers().administrator();
                Statement statement =
                        connection.createStatement(
                                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
                ResultSet rows = statement.executeQuery(BACKENDS)) {
            rows.last();
            rows.absolute(arena.random().nextInt(1, rows.getRow() + 1));
            arena.system().killBackend(rows.getLong(1));
            arena.telling().fault("kill -9 of a backend of " + rows.getString(2));
        } catch (SQLException refused) {
            throw new TortureFailure("cannot see the backends", refused);
        }
    }

    static void killAll(Arena arena) {
        int processes = arena.system().killPostgres();
        arena.telling()
                .fault("kill -9 of the postmaster and %d processes".formatted(processes - 1));
        arena.pause(0, 2_000);
        arena.system().servers().restartPostgres();
        arena.telling().fault("PostgreSQL has recovered and is up again");
    }
}
