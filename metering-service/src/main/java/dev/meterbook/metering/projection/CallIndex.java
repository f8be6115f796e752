package dev.meterbook.metering.projection;

import dev.meterbook.platform.eventlog.RecentEvents;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.platform.jdbc.SqlArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * The sparse index of the usage log: one row for each tenant and full block of {@value #BLOCK}
 * positions, holding where in the block the tenant's calls stand. Costs about two bytes a call
 * where an ordinary index costs forty, and nothing while calls are recorded: a block is indexed
 * after it is full, by one statement. What stands after the last full block is found by scanning.
 * Derived from the log alone.
 */
final class CallIndex {

    /** Positions of one block. */
    static final int BLOCK = 4_096;

    private CallIndex() {}

    /** The block that holds a position. */
    static long blockOf(long position) {
        return position / BLOCK;
    }

    /** First position of a block. */
    static long firstOf(long block) {
        return block * BLOCK;
    }

    /** True if all positions of a block are taken in a log that ends with {@code head}. */
    static boolean isFull(long block, long head) {
        return head >= firstOf(block + 1) - 1;
    }

    /** Empties the index; the next block is then the first. */
    static void clear(Connection transaction) throws SQLException {
        try (PreparedStatement clear =
                transaction.prepareStatement("select begin_call_index_anew()")) {
            clear.execute();
        }
    }

    /** The first block that is not indexed yet. */
    static long nextBlock(Connection transaction) throws SQLException {
        return number(transaction, "select next_block from call_index_head");
    }

    /**
     * Indexes the next block, if all its positions are taken.
     *
     * @param head last position of the log
     * @param recent what this process has just appended: a block that is there need not be read
     * @return false if there was nothing to do
     */
    static boolean indexNextBlock(Connection transaction, long head, RecentEvents recent)
            throws SQLException {
        long block = number(transaction, "select next_block from call_index_head for update");
        if (!isFull(block, head)) {
            return false;
        }
        List<StoredEvent> events = recent.read(firstOf(block) - 1, BLOCK);
        if (events.size() == BLOCK) {
            insert(transaction, block, events);
        } else {
            insertFromLog(transaction, block);
        }
        number(
                transaction,
                "update call_index_head set next_block = next_block + 1 returning next_block");
        return true;
    }

    private static void insert(Connection transaction, long block, List<StoredEvent> events)
            throws SQLException {
        Map<String, StringJoiner> offsets = new TreeMap<>();
        for (StoredEvent event : events) {
            offsets.computeIfAbsent(event.tenantId(), _ -> new StringJoiner(",", "{", "}"))
                    .add(Long.toString(event.position() - firstOf(block)));
        }
        String sql =
                """
                insert into call_index (tenant_id, block, offsets)
                select tenant_id, ?, offsets::smallint[]
                from unnest(?::text[], ?::text[]) as row (tenant_id, offsets)
                """;
        try (PreparedStatement insert = transaction.prepareStatement(sql)) {
            insert.setLong(1, block);
            new SqlArrays(insert, 2)
                    .texts(offsets.keySet().toArray(String[]::new))
                    .texts(
                            offsets.values().stream()
                                    .map(StringJoiner::toString)
                                    .toArray(String[]::new));
            insert.executeUpdate();
        }
    }

    private static void insertFromLog(Connection transaction, long block) throws SQLException {
        String sql =
                """
                insert into call_index (tenant_id, block, offsets)
                select tenant_id, ?, array_sort(array_agg((position - ?)::smallint))
                from event
                where shard = 0 and position >= ? and position < ?
                group by tenant_id
                """;
        try (PreparedStatement insert = transaction.prepareStatement(sql)) {
            insert.setLong(1, block);
            insert.setLong(2, firstOf(block));
            insert.setLong(3, firstOf(block));
            insert.setLong(4, firstOf(block + 1));
            insert.executeUpdate();
        }
    }

    private static long number(Connection transaction, String sql) throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
