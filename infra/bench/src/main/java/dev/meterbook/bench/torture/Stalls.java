package dev.meterbook.bench.torture;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Foreign sessions that hold the rows which everything waits for, for seconds. */
final class Stalls implements Scenario {

    /** Rows that appends and consumers need, each as a query that holds them. */
    private static final List<String> ROWS =
            List.of(
                    "select 1 from metering.shard_head for update",
                    "select 1 from pricing.shard_head for update",
                    "select 1 from ledger.posting_progress for update",
                    "select 1 from ledger.token_entry for update",
                    "select 1 from allocation.token_entry for update",
                    "select 1 from pricing.token_entry for update",
                    "lock table metering.event_batch in share row exclusive mode");

    @Override
    public String name() {
        return "stalls";
    }

    @Override
    public String what() {
        return "foreign sessions hold the heads of logs and the consumers' tokens for seconds";
    }

    @Override
    public void run(Arena arena) {
        arena.feedDuring(
                () -> {
                    for (int i = 0; i < arena.plan().times(); i++) {
                        hold(arena, ROWS.getFirst(), 6_000);
                        String other = ROWS.get(arena.random().nextInt(1, ROWS.size()));
                        hold(arena, other, 4_000);
                    }
                });
    }

    private static void hold(Arena arena, String lock, int mostMillis) {
        arena.pause(200, 1_500);
        try (Connection connection = arena.system().servers().administrator();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(lock);
            long from = System.nanoTime();
            arena.telling().fault("a foreign session holds: " + lock);
            arena.pause(mostMillis / 2, mostMillis);
            connection.rollback();
            arena.telling()
                    .fault(
                            "it let go after %d ms"
                                    .formatted((System.nanoTime() - from) / 1_000_000));
        } catch (SQLException refused) {
            throw new TortureFailure("cannot hold: " + lock, refused);
        }
    }
}
