package dev.meterbook.bench;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Looks how far each stage is, through an administrator's eyes: a handful of index look-ups and one
 * field of Redis, so that looking often costs little. Used by one thread at a time.
 */
public final class Stages implements AutoCloseable {

    private static final String POSITIONS =
            """
            select (select position from metering.shard_head where shard = 0),
                coalesce((select last_usage_position from pricing.rated_range
                    where usage_shard = 0 order by first_usage_position desc limit 1), 0),
                (select booked_calls + unpriced_calls from ledger.posting_progress where shard = 0),
                coalesce((select last_usage_position from allocation.allocated_batch
                    where rating_shard = 0 order by rating_position desc limit 1), 0)
            """;

    private static final String RATED_SINCE =
            """
            select rating_position, last_usage_position from pricing.rated_range
            where usage_shard = 0 and first_usage_position > ? order by first_usage_position
            """;

    private static final String ROLLED_UP =
            """
            select last_usage_position from allocation.allocated_batch
            where rating_shard = 0 order by rating_position desc limit 1
            """;

    private final Connection connection;
    private final PreparedStatement positions;
    private final PreparedStatement ratedSince;
    private final PreparedStatement rolledUp;
    private final RedisClient client;
    private final StatefulRedisConnection<String, String> redis;
    private String stateKey;
    private final NavigableMap<Long, Long> usageByRating = new TreeMap<>(Map.of(0L, 0L));

    /** Stages of the system that uses these servers. */
    public Stages(Servers servers) {
        this.connection = servers.administrator();
        this.client = RedisClient.create(servers.redisUri());
        this.redis = client.connect();
        this.stateKey = RedisCounters.stateKey(redis.sync());
        try {
            this.positions = connection.prepareStatement(POSITIONS);
            this.ratedSince = connection.prepareStatement(RATED_SINCE);
            this.rolledUp = connection.prepareStatement(ROLLED_UP);
        } catch (SQLException refused) {
            throw new BenchFailure("cannot read the stages", refused);
        }
    }

    /** All stages now. */
    public Progress progress() {
        try (ResultSet row = positions.executeQuery()) {
            row.next();
            long metered = row.getLong(1);
            long rated = row.getLong(2);
            long booked = row.getLong(3);
            long inRollUp = row.getLong(4);
            return new Progress(metered, rated, booked, inRollUp, usagePosition(countedRating()));
        } catch (SQLException refused) {
            throw new BenchFailure("cannot read the stages", refused);
        }
    }

    /** Position in the usage log up to which the roll-up is made. */
    long rolledUp() {
        try (ResultSet row = rolledUp.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        } catch (SQLException refused) {
            throw new BenchFailure("cannot read the roll-up", refused);
        }
    }

    /** Position in the rating log up to which Redis has counted. */
    long countedRating() {
        String position = redis.sync().hget(stateKey, "p");
        if (position == null) {
            stateKey = RedisCounters.stateKey(redis.sync());
            position = redis.sync().hget(stateKey, "p");
        }
        return position == null ? 0 : Long.parseLong(position);
    }

    /** The usage position that belongs to a position of the rating log. */
    long usagePosition(long ratingPosition) {
        if (usageByRating.lastKey() < ratingPosition) {
            learn();
        }
        return usageByRating.floorEntry(ratingPosition).getValue();
    }

    private void learn() {
        try {
            ratedSince.setLong(1, usageByRating.lastEntry().getValue());
            try (ResultSet rows = ratedSince.executeQuery()) {
                while (rows.next()) {
                    usageByRating.put(rows.getLong(1), rows.getLong(2));
                }
            }
        } catch (SQLException refused) {
            throw new BenchFailure("cannot read the ratings", refused);
        }
    }

    /**
     * Waits until every stage has taken all calls that are in the usage log now.
     *
     * @throws BenchFailure if a stage stands still for the time given
     */
    public Progress awaitAll(Duration patience) {
        long wanted = progress().metered();
        long best = -1;
        long deadline = System.nanoTime() + patience.toNanos();
        for (Progress now = progress(); ; now = progress()) {
            if (now.slowest() >= wanted) {
                return now;
            }
            if (now.slowest() > best) {
                best = now.slowest();
                deadline = System.nanoTime() + patience.toNanos();
            }
            if (System.nanoTime() > deadline) {
                throw new BenchFailure(
                        "stage '%s' stands at %,d of %,d calls for %d s"
                                .formatted(
                                        now.slowestStage(),
                                        now.slowest(),
                                        wanted,
                                        patience.toSeconds()));
            }
            Pauses.millis(5);
        }
    }

    @Override
    public void close() {
        redis.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        try {
            connection.close();
        } catch (SQLException refused) {
            throw new BenchFailure("cannot close", refused);
        }
    }
}
