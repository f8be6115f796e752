package dev.meterbook.ledger.projection.posting;

import dev.meterbook.ledger.domain.CallAccounts;
import dev.meterbook.ledger.domain.Posting;
import dev.meterbook.ledger.projection.SqlTimes;
import dev.meterbook.ledger.projection.posting.RouteBook.Route;
import dev.meterbook.platform.jdbc.SqlCopy;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Postings in the blocks in which they are stored: up to 64 of one tenant, column by column, in the
 * order of their calls.
 */
final class PostingBlocks {

    /** A block spans fewer positions of the usage log, so that a call is found by the key. */
    static final int MOST_POSITIONS = 65_536;

    private static final int MOST_CALLS = 64;

    private static final String TARGET =
            "posting_block_shard_0 (tenant_no, first_occur_time, last_occur_time, usage_positions,"
                    + " rating_positions, occur_times, routes, costs, charges)";

    private static final int COLUMN_COUNT = 9;
    private static final int BYTES_PER_CALL = 90;

    private final SqlCopy copy;

    /** A posting and the number of its accounts. */
    private record Numbered(int route, Posting posting) {

        long position() {
            return posting.usagePosition();
        }
    }

    /** The blocks of a batch's postings. */
    PostingBlocks(Map<CallAccounts, List<Posting>> postings, Map<CallAccounts, Route> routes) {
        Map<Integer, List<Numbered>> byTenant = new LinkedHashMap<>();
        int size = 0;
        for (Map.Entry<CallAccounts, List<Posting>> each : postings.entrySet()) {
            Route route = RouteBook.numberOf(routes, each.getKey());
            List<Numbered> calls = byTenant.computeIfAbsent(route.tenant(), _ -> new ArrayList<>());
            each.getValue().forEach(call -> calls.add(new Numbered(route.id(), call)));
            size += each.getValue().size();
        }
        copy = new SqlCopy(COLUMN_COUNT, BYTES_PER_CALL * size);
        byTenant.forEach(this::addTenant);
    }

    private void addTenant(int tenant, List<Numbered> calls) {
        calls.sort(Comparator.comparingLong(Numbered::position));
        int from = 0;
        for (int next = 1; next <= calls.size(); next++) {
            if (next == calls.size() || isFull(calls, from, next)) {
                addBlock(tenant, calls.subList(from, next));
                from = next;
            }
        }
    }

    /** A call that is there twice begins a block too: the database will refuse it. */
    private static boolean isFull(List<Numbered> calls, int from, int next) {
        long position = calls.get(next).position();
        return next - from == MOST_CALLS
                || position - calls.get(from).position() >= MOST_POSITIONS
                || position == calls.get(next - 1).position();
    }

    private void addBlock(int tenant, List<Numbered> calls) {
        int size = calls.size();
        long[] usagePositions = new long[size];
        long[] ratingPositions = new long[size];
        long[] occurMicros = new long[size];
        int[] routes = new int[size];
        BigDecimal[] costs = new BigDecimal[size];
        BigDecimal[] charges = new BigDecimal[size];
        Instant first = Instant.MAX;
        Instant last = Instant.MIN;
        for (int i = 0; i < size; i++) {
            Posting posting = calls.get(i).posting();
            Instant occurTime = posting.occurTime();
            first = occurTime.isBefore(first) ? occurTime : first;
            last = occurTime.isAfter(last) ? occurTime : last;
            usagePositions[i] = posting.usagePosition();
            ratingPositions[i] = posting.ratingPosition();
            occurMicros[i] = SqlTimes.micros(occurTime);
            routes[i] = calls.get(i).route();
            costs[i] = posting.cost().amount();
            charges[i] = posting.charge().amount();
        }
        copy.row()
                .integer(tenant)
                .time(SqlTimes.micros(first))
                .time(SqlTimes.micros(last))
                .bigints(usagePositions)
                .bigints(ratingPositions)
                .times(occurMicros)
                .integers(routes)
                .amounts(costs)
                .amounts(charges);
    }

    /**
     * Writes them.
     *
     * @throws SQLException with state 23505 if a call is booked already
     */
    void send(Connection transaction) throws SQLException {
        copy.send(transaction, TARGET);
    }
}
