package dev.meterbook.metering.projection;

import dev.meterbook.platform.eventlog.EventReader;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.platform.jdbc.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads calls back, always on behalf of one tenant: the query names it, and row-level security
 * hides every other tenant's rows besides.
 */
public final class CallView {

    /** Rows of the index fetched at a time. */
    private static final int BLOCKS_PER_FETCH = 16;

    private final Database database;
    private final EventReader log;

    /** Reads the usage log of a database. */
    public CallView(Database database, EventReader log) {
        this.database = database;
        this.log = log;
    }

    /** The call of a key. */
    public Optional<StoredEvent> find(String tenant, UUID key) {
        return database.readAsTenant(tenant, transaction -> log.find(transaction, tenant, key));
    }

    /** Calls at positions, ascending; those of other tenants are left out. */
    public List<StoredEvent> at(String tenant, long[] positions) {
        return database.readAsTenant(
                tenant, transaction -> ofTenant(tenant, log.at(transaction, positions)));
    }

    /**
     * The newest calls recorded before a position, newest first.
     *
     * @param before calls at and after this position are left out
     * @param limit calls at most, from 1
     */
    public List<StoredEvent> newest(String tenant, long before, int limit) {
        return database.readAsTenant(
                tenant,
                transaction -> {
                    Positions found = new Positions(limit);
                    collect(transaction, tenant, before, found);
                    return ofTenant(tenant, log.at(transaction, found.toArray())).reversed();
                });
    }

    private static List<StoredEvent> ofTenant(String tenant, List<StoredEvent> events) {
        return events.stream().filter(event -> event.tenantId().equals(tenant)).toList();
    }

    private static void collect(Connection transaction, String tenant, long before, Positions found)
            throws SQLException {
        long nextBlock = CallIndex.nextBlock(transaction);
        scanTail(transaction, tenant, CallIndex.firstOf(nextBlock), before, found);
        if (!found.isFull()) {
            readIndex(transaction, tenant, nextBlock, before, found);
        }
    }

    private static void scanTail(
            Connection transaction, String tenant, long from, long before, Positions found)
            throws SQLException {
        String sql =
                """
                select position from event
                where shard = 0 and position >= ? and position < ? and tenant_id = ?
                order by position desc
                limit ?
                """;
        try (PreparedStatement select = transaction.prepareStatement(sql)) {
            select.setLong(1, from);
            select.setLong(2, before);
            select.setString(3, tenant);
            select.setInt(4, found.limit());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getLong(1));
                }
            }
        }
    }

    private static void readIndex(
            Connection transaction, String tenant, long nextBlock, long before, Positions found)
            throws SQLException {
        String sql =
                """
                select block, offsets from call_index
                where tenant_id = ? and block < ? and block <= ?
                order by block desc
                """;
        try (PreparedStatement select = transaction.prepareStatement(sql)) {
            select.setFetchSize(BLOCKS_PER_FETCH);
            select.setString(1, tenant);
            select.setLong(2, nextBlock);
            select.setLong(3, CallIndex.blockOf(before));
            try (ResultSet rows = select.executeQuery()) {
                while (!found.isFull() && rows.next()) {
                    addBlock(rows.getLong(1), (Short[]) rows.getArray(2).getArray(), before, found);
                }
            }
        }
    }

    private static void addBlock(long block, Short[] offsets, long before, Positions found) {
        for (int i = offsets.length - 1; i >= 0 && !found.isFull(); i--) {
            long position = CallIndex.firstOf(block) + offsets[i];
            if (position < before) {
                found.add(position);
            }
        }
    }

    /** Positions found so far, and room for how many. */
    private static final class Positions {
        private final long[] positions;
        private int count;

        Positions(int limit) {
            positions = new long[limit];
        }

        int limit() {
            return positions.length;
        }

        boolean isFull() {
            return count == positions.length;
        }

        void add(long position) {
            positions[count++] = position;
        }

        long[] toArray() {
            return Arrays.copyOf(positions, count);
        }
    }
}
