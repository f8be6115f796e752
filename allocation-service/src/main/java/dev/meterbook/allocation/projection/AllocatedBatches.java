package dev.meterbook.allocation.projection;

import dev.meterbook.platform.jdbc.SqlArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which events of the rating log are in the roll-up, as a whole or by tenant. The row of an event,
 * or of a tenant's part of it, is written with its sums: what is in the roll-up cannot be added
 * again, be it as a whole or as a part.
 */
public final class AllocatedBatches {

    /** A first rating. */
    public static final int INITIAL = 1;

    /** A late price. */
    public static final int LATE = 2;

    /** A correction. */
    public static final int CORRECTION = 3;

    /** Stands for the tenant in the row of a whole event. */
    public static final String WHOLE = "";

    private static final String UNIQUE_VIOLATION = "23505";

    private static final String ROWS =
            """
            insert into allocated_batch
                (rating_position, first_usage_position, last_usage_position, directory_position,
                    calls, rating_shard, usage_shard, kind, tenant_id)
            select rating_position, first_usage_position, last_usage_position, directory_position,
                calls, rating_shard::smallint, usage_shard::smallint, kind::smallint, tenant_id
            from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::integer[],
                    ?::integer[], ?::integer[], ?::integer[], ?::text[])
                as batch (rating_position, first_usage_position, last_usage_position,
                    directory_position, calls, rating_shard, usage_shard, kind, tenant_id)
            """;

    /**
     * Whether the other form of an event is there is asked row by row: as a join it would go on
     * reading the whole table if it was planned while that was small.
     */
    private static final String ADD =
            ROWS
                    + """
                    where (
                        select there.rolled_up from allocated_batch there
                        where there.rating_shard = batch.rating_shard
                            and there.rating_position = batch.rating_position and there.rolled_up
                            and (there.tenant_id = '') <> (batch.tenant_id = '')
                        limit 1) is null
                    """;

    private static final String ADD_NEW =
            ROWS
                    + """
                    where (
                        select there.rolled_up from allocated_batch there
                        where there.rating_shard = batch.rating_shard
                            and there.rating_position = batch.rating_position
                        limit 1) is null
                    returning rating_position
                    """;

    private static final String TAKE_UP =
            """
            update allocated_batch batch set rolled_up = true
            where rating_shard = ? and rating_position = any(?) and not rolled_up
                and (tenant_id = '' or not exists (
                    select from allocated_batch whole
                    where whole.rating_shard = batch.rating_shard
                        and whole.rating_position = batch.rating_position
                        and whole.tenant_id = ''))
            returning rating_position, tenant_id, directory_position
            """;

    private static final String TAKE_PART_UP =
            """
            update allocated_batch part set rolled_up = true
            where rating_shard = ? and rating_position = ? and tenant_id = ? and not rolled_up
                and not exists (
                    select from allocated_batch whole
                    where whole.rating_shard = part.rating_shard
                        and whole.rating_position = part.rating_position
                        and whole.tenant_id = '' and whole.rolled_up)
            returning directory_position
            """;

    private static final String WHOLE_BEFORE =
            """
            select directory_position from allocated_batch
            where rating_shard = ? and rating_position = ? and tenant_id = '' and not rolled_up
            """;

    private static final String ALL =
            """
            select rating_shard, rating_position, kind, usage_shard, first_usage_position,
                last_usage_position, calls, directory_position, tenant_id
            from allocated_batch where rolled_up
            """;

    private static final String DIRECTORY_POSITIONS =
            """
            select wanted.position, first.directory_position
            from unnest(?::bigint[], ?::text[]) as wanted (position, tenant_id)
            cross join lateral (
                select directory_position, last_usage_position
                from allocated_batch
                where kind = 1 and rolled_up and usage_shard = ?
                    and first_usage_position <= wanted.position
                    and tenant_id in ('', wanted.tenant_id)
                order by first_usage_position desc
                limit 1) first
            where first.last_usage_position >= wanted.position
            """;

    /**
     * An event of the rating log, or a tenant's part of it.
     *
     * @param ratingShard shard of the rating log
     * @param ratingPosition place in it
     * @param kind {@link #INITIAL}, {@link #LATE} or {@link #CORRECTION}
     * @param usageShard shard of the usage log
     * @param firstUsagePosition place of the first call in the usage log
     * @param lastUsagePosition place of the last call
     * @param calls how many
     * @param directoryPosition up to where the directory was known, by which calls were allocated
     * @param tenant whose part it is; {@link #WHOLE} for the whole event
     */
    public record Batch(
            int ratingShard,
            long ratingPosition,
            int kind,
            int usageShard,
            long firstUsagePosition,
            long lastUsagePosition,
            int calls,
            long directoryPosition,
            String tenant) {}

    /**
     * Writes down that events are rolled up.
     *
     * @throws SQLException with state 23505 if one was rolled up before
     */
    public void add(Connection transaction, List<Batch> batches) throws SQLException {
        if (batches.isEmpty()) {
            return;
        }
        try (PreparedStatement add = transaction.prepareStatement(ADD)) {
            bind(add, batches);
            if (add.executeUpdate() != batches.size()) {
                throw new SQLException(
                        "an event is rolled up already, in parts or as a whole", UNIQUE_VIOLATION);
            }
        }
    }

    /**
     * Writes down that events are rolled up, of which nothing was written down before.
     *
     * @return their places in the rating log; those of the others are left out
     */
    public Set<Long> addNew(Connection transaction, List<Batch> batches) throws SQLException {
        Set<Long> added = new HashSet<>();
        try (PreparedStatement add = transaction.prepareStatement(ADD_NEW)) {
            bind(add, batches);
            try (ResultSet rows = add.executeQuery()) {
                while (rows.next()) {
                    added.add(rows.getLong(1));
                }
            }
        }
        return added;
    }

    private static void bind(PreparedStatement add, List<Batch> batches) throws SQLException {
        new SqlArrays(add)
                .longs(batches.stream().mapToLong(Batch::ratingPosition).toArray())
                .longs(batches.stream().mapToLong(Batch::firstUsagePosition).toArray())
                .longs(batches.stream().mapToLong(Batch::lastUsagePosition).toArray())
                .longs(batches.stream().mapToLong(Batch::directoryPosition).toArray())
                .ints(batches.stream().mapToInt(Batch::calls).toArray())
                .ints(batches.stream().mapToInt(Batch::ratingShard).toArray())
                .ints(batches.stream().mapToInt(Batch::usageShard).toArray())
                .ints(batches.stream().mapToInt(Batch::kind).toArray())
                .texts(batches.stream().map(Batch::tenant).toArray(String[]::new));
    }

    /**
     * Takes whole events of an emptied roll-up up again: they are in the roll-up from now on.
     *
     * @param ratingPositions places in the rating log
     * @return for events that were rolled up before the roll-up was emptied: up to where the
     *     directory was known then, by rating position and tenant; {@link #WHOLE} stands for all
     */
    public Map<Long, Map<String, Long>> takeUp(
            Connection transaction, int ratingShard, List<Long> ratingPositions)
            throws SQLException {
        Map<Long, Map<String, Long>> before = new HashMap<>();
        try (PreparedStatement update = transaction.prepareStatement(TAKE_UP)) {
            update.setInt(1, ratingShard);
            new SqlArrays(update, 2).longs(longs(ratingPositions));
            try (ResultSet rows = update.executeQuery()) {
                while (rows.next()) {
                    before.computeIfAbsent(rows.getLong(1), any -> new HashMap<>())
                            .put(rows.getString(2), rows.getLong(3));
                }
            }
        }
        return before;
    }

    /**
     * Takes a tenant's part of an event up again, if it was rolled up as such before.
     *
     * @return up to where the directory was known then
     */
    public Optional<Long> takePartUp(
            Connection transaction, int ratingShard, long ratingPosition, String tenant)
            throws SQLException {
        return Query.of(TAKE_PART_UP, ratingShard, ratingPosition, tenant)
                .list(transaction, row -> row.getLong(1))
                .stream()
                .findFirst();
    }

    /** Up to where the directory was known when an event was rolled up as a whole, if it was. */
    public Optional<Long> directoryPositionOfWhole(
            Connection transaction, int ratingShard, long ratingPosition) throws SQLException {
        return Query.of(WHOLE_BEFORE, ratingShard, ratingPosition)
                .list(transaction, row -> row.getLong(1))
                .stream()
                .findFirst();
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
     * @param tenants the tenant of each
     * @return directory position by usage position; without those that were not rolled up
     */
    public Map<Long, Long> directoryPositions(
            Connection transaction, int usageShard, List<Long> usagePositions, List<String> tenants)
            throws SQLException {
        Map<Long, Long> found = new HashMap<>();
        try (PreparedStatement select = transaction.prepareStatement(DIRECTORY_POSITIONS)) {
            new SqlArrays(select)
                    .longs(longs(usagePositions))
                    .texts(tenants.toArray(String[]::new));
            select.setInt(3, usageShard);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.put(rows.getLong(1), rows.getLong(2));
                }
            }
        }
        return found;
    }

    /** All that is rolled up, by its place in the rating log and its tenant. */
    public static Map<Long, Map<String, Batch>> all(Connection transaction) throws SQLException {
        Map<Long, Map<String, Batch>> all = new HashMap<>();
        for (Batch batch : Query.of(ALL).list(transaction, AllocatedBatches::batch)) {
            all.computeIfAbsent(batch.ratingPosition(), any -> new TreeMap<>())
                    .put(batch.tenant(), batch);
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
                row.getLong(8),
                row.getString(9));
    }

    private static long[] longs(List<Long> positions) {
        return positions.stream().mapToLong(Long::longValue).toArray();
    }
}
