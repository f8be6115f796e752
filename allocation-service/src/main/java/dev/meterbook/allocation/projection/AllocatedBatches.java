package dev.meterbook.allocation.projection;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Which events of the rating log are in the roll-up. The row of an event is written with its sums,
 * and its key allows one only: an event that is in the roll-up cannot be added again.
 */
public final class AllocatedBatches {

    /** A first rating. */
    public static final int INITIAL = 1;

    /** A late price. */
    public static final int LATE = 2;

    /** A correction. */
    public static final int CORRECTION = 3;

    private static final String ADD =
            """
            insert into allocated_batch
                (rating_position, first_usage_position, last_usage_position, directory_position,
                    calls, rating_shard, usage_shard, kind)
            select rating_position, first_usage_position, last_usage_position, directory_position,
                calls::integer, rating_shard::smallint, usage_shard::smallint, kind::smallint
            from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                    ?::bigint[], ?::bigint[], ?::bigint[])
                as batch (rating_position, first_usage_position, last_usage_position,
                    directory_position, calls, rating_shard, usage_shard, kind)
            """;

    private static final String TAKE_UP =
            """
            update allocated_batch set rolled_up = true
            where rating_shard = ? and rating_position = any(?) and not rolled_up
            returning rating_position, directory_position
            """;

    private static final String ALL =
            """
            select rating_shard, rating_position, kind, usage_shard, first_usage_position,
                last_usage_position, calls, directory_position
            from allocated_batch
            """;

    private static final String DIRECTORY_POSITIONS =
            """
            select wanted.position, first.directory_position
            from unnest(?::bigint[]) as wanted (position)
            cross join lateral (
                select directory_position, last_usage_position
                from allocated_batch
                where kind = 1 and usage_shard = ? and first_usage_position <= wanted.position
                order by first_usage_position desc
                limit 1) first
            where first.last_usage_position >= wanted.position
            """;

    /**
     * An event of the rating log.
     *
     * @param ratingShard shard of the rating log
     * @param ratingPosition place in it
     * @param kind {@link #INITIAL}, {@link #LATE} or {@link #CORRECTION}
     * @param usageShard shard of the usage log
     * @param firstUsagePosition place of the first call in the usage log
     * @param lastUsagePosition place of the last call
     * @param calls how many
     * @param directoryPosition up to where the directory was known, by which calls were allocated
     */
    public record Batch(
            int ratingShard,
            long ratingPosition,
            int kind,
            int usageShard,
            long firstUsagePosition,
            long lastUsagePosition,
            int calls,
            long directoryPosition) {}

    /**
     * Writes down that events are rolled up.
     *
     * @throws SQLException with state 23505 if one was rolled up before
     */
    public void add(Connection transaction, List<Batch> batches) throws SQLException {
        try (PreparedStatement add = transaction.prepareStatement(ADD)) {
            add.setArray(1, column(transaction, batches, Batch::ratingPosition));
            add.setArray(2, column(transaction, batches, Batch::firstUsagePosition));
            add.setArray(3, column(transaction, batches, Batch::lastUsagePosition));
            add.setArray(4, column(transaction, batches, Batch::directoryPosition));
            add.setArray(5, column(transaction, batches, Batch::calls));
            add.setArray(6, column(transaction, batches, Batch::ratingShard));
            add.setArray(7, column(transaction, batches, Batch::usageShard));
            add.setArray(8, column(transaction, batches, Batch::kind));
            add.executeUpdate();
        }
    }

    /**
     * Takes events of an emptied roll-up up again: they are in the roll-up from now on.
     *
     * @param ratingPositions places in the rating log
     * @return for events that were rolled up before the roll-up was emptied: up to where the
     *     directory was known then, by rating position
     */
    public Map<Long, Long> takeUp(
            Connection transaction, int ratingShard, List<Long> ratingPositions)
            throws SQLException {
        Map<Long, Long> before = new HashMap<>();
        try (PreparedStatement update = transaction.prepareStatement(TAKE_UP)) {
            update.setInt(1, ratingShard);
            update.setArray(2, transaction.createArrayOf("int8", ratingPositions.toArray()));
            try (ResultSet rows = update.executeQuery()) {
                while (rows.next()) {
                    before.put(rows.getLong(1), rows.getLong(2));
                }
            }
        }
        return before;
    }

    /**
     * Says of all events that they are not in the roll-up any more; how they were allocated is
     * kept, so that the same sums come out again.
     */
    public void forgetAll(Connection transaction) throws SQLException {
        try (PreparedStatement update =
                transaction.prepareStatement("update allocated_batch set rolled_up = false")) {
            update.executeUpdate();
        }
    }

    /**
     * Up to where the directory was known when calls were rolled up first.
     *
     * @param usagePositions places in the usage log
     * @return directory position by usage position; without those that were not rolled up
     */
    public Map<Long, Long> directoryPositions(
            Connection transaction, int usageShard, List<Long> usagePositions) throws SQLException {
        Map<Long, Long> found = new HashMap<>();
        try (PreparedStatement select = transaction.prepareStatement(DIRECTORY_POSITIONS)) {
            select.setArray(1, transaction.createArrayOf("int8", usagePositions.toArray()));
            select.setInt(2, usageShard);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.put(rows.getLong(1), rows.getLong(2));
                }
            }
        }
        return found;
    }

    /** All events that are rolled up, by their place in the rating log. */
    public static Map<Long, Batch> all(Connection transaction) throws SQLException {
        Map<Long, Batch> all = new HashMap<>();
        for (Batch batch : Query.of(ALL).list(transaction, AllocatedBatches::batch)) {
            all.put(batch.ratingPosition(), batch);
        }
        return all;
    }

    private static Batch batch(ResultSet row) throws SQLException {
        return new Batch(
                row.getShort(1),
                row.getLong(2),
                row.getShort(3),
                row.getShort(4),
                row.getLong(5),
                row.getLong(6),
                row.getInt(7),
                row.getLong(8));
    }

    private static Array column(
            Connection transaction, List<Batch> batches, ToLongFunction<Batch> value)
            throws SQLException {
        Object[] values = batches.stream().mapToLong(value).boxed().toArray();
        return transaction.createArrayOf("int8", values);
    }
}
