package dev.meterbook.bench;

import dev.meterbook.platform.consumer.RunningConsumer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The roll-up made anew from the rating log.
 *
 * @param calls how many calls it holds
 * @param nanos how long it took
 * @param foreignShare of the machine, from 0 to 1
 */
record Replay(long calls, long nanos, double foreignShare) {

    private static final String SUM = "select coalesce(sum(calls), 0) from allocation.cost_hour";
    private static final long LOOK_MILLIS = 10;
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** Calls a second. */
    double rate() {
        return calls * 1e9 / nanos;
    }

    /** Empties the roll-up and waits until it is made again. */
    static Replay run(BenchSystem system) {
        RunningConsumer rollUp = system.rollUp();
        CpuMeter meter = new CpuMeter(system.data());
        try (Connection connection = system.administrator();
                PreparedStatement sum = connection.prepareStatement(SUM)) {
            long calls = rolledUp(sum);
            CpuMeter.Cpu before = meter.now();
            long began = System.nanoTime();
            rollUp.replay();
            awaitEnd(rollUp);
            while (rolledUp(sum) < calls) {
                Pauses.millis(LOOK_MILLIS);
            }
            long nanos = System.nanoTime() - began;
            return new Replay(calls, nanos, meter.now().minus(before).foreignShare());
        } catch (SQLException refused) {
            throw new BenchFailure("cannot read the roll-up", refused);
        }
    }

    private static void awaitEnd(RunningConsumer rollUp) {
        long head = rollUp.head();
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (rollUp.position() < head) {
            if (System.nanoTime() > deadline) {
                throw new BenchFailure("the replay does not end");
            }
            Pauses.millis(LOOK_MILLIS);
        }
    }

    private static long rolledUp(PreparedStatement sum) throws SQLException {
        try (ResultSet row = sum.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
