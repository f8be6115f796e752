package dev.meterbook.bench.torture;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A transaction that has a number and does nothing, and one that keeps an old snapshot, from before
 * the first call until every consumer has taken the last: whoever waits for old transactions to end
 * waits in vain, whoever skips what they hide loses calls.
 */
final class IdleTransactions implements Scenario {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "idle-transactions";
    }

    @Override
    public String what() {
        return "an idle transaction and a long snapshot, open until every consumer is at the head";
    }

    @Override
    public void run(Arena arena) {
        try (Connection idle = arena.system().servers().administrator();
                Connection snapshot = arena.system().servers().administrator();
                Statement begin = idle.createStatement();
                Statement look = snapshot.createStatement()) {
            idle.setAutoCommit(false);
            begin.execute("select pg_current_xact_id()");
            snapshot.setAutoCommit(false);
            snapshot.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            look.execute("select count(*) from metering.event");
            arena.telling().fault("a transaction stands idle, another keeps its snapshot");
            arena.feedDuring(() -> arena.pause(1_000, 2_000));
            Checks.awaitConsumers(arena.system(), PATIENCE);
            arena.telling().fault("every consumer is at the head; both let go");
            idle.rollback();
            snapshot.rollback();
        } catch (SQLException refused) {
            throw new TortureFailure("cannot hold transactions open", refused);
        }
    }
}
