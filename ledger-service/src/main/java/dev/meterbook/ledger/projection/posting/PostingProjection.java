package dev.meterbook.ledger.projection.posting;

import dev.meterbook.ledger.domain.AccountKey;
import dev.meterbook.ledger.domain.CallAccounts;
import dev.meterbook.ledger.domain.Posting;
import dev.meterbook.ledger.domain.PostingBatch;
import dev.meterbook.ledger.domain.UnpricedCall;
import dev.meterbook.ledger.projection.SqlTimes;
import dev.meterbook.platform.jdbc.SqlArrays;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Writes postings, corrections and unpriced calls, a batch with one statement each. */
@Singleton
public final class PostingProjection {

    private final RouteBook routes;

    PostingProjection(RouteBook routes) {
        this.routes = routes;
    }

    /**
     * Writes what a batch books for its calls.
     *
     * @param ids numbers of the accounts touched
     * @throws SQLException with state 23505 if a call is booked already
     */
    public void write(Connection transaction, PostingBatch batch, Map<AccountKey, Integer> ids)
            throws SQLException {
        // First, as a call may be unpriced and get its price in one batch.
        insertUnpriced(transaction, batch.unpriced());
        copyPostings(transaction, batch.postings(), ids);
        insertCorrections(transaction, batch.corrections(), ids);
        deleteUnpriced(transaction, batch.latePostings());
    }

    /** Ends a replay that has come to where the log ended when it was begun. */
    public void endReplay(Connection transaction, long ratingPosition) throws SQLException {
        String sql =
                "update posting_progress set replay_until = null where shard = 0 and replay_until <= ?";
        try (PreparedStatement update = transaction.prepareStatement(sql)) {
            update.setLong(1, ratingPosition);
            update.executeUpdate();
        }
    }

    /**
     * Empties what {@link #write} and the bookings on accounts have made of the rating log, down to
     * what invoices have made; see the database function.
     *
     * @param until where the rating log ends
     */
    public void beginReplay(Connection transaction, long until) throws SQLException {
        try (PreparedStatement begin = transaction.prepareStatement("select begin_replay(?)")) {
            begin.setLong(1, until);
            begin.execute();
        }
    }

    /**
     * Counts the batch's calls, and moves on in the rating log. A batch may stand behind the
     * position already: events that were set aside are booked later. What keeps a call from being
     * booked twice are the blocks of postings, not the position.
     *
     * @param ratingPosition the last event of the batch
     */
    public void advance(Connection transaction, PostingBatch batch, long ratingPosition)
            throws SQLException {
        String sql =
                """
                update posting_progress
                set rating_position = greatest(rating_position, ?), booked_calls = booked_calls + ?,
                    unpriced_calls = unpriced_calls + ?
                where shard = 0
                """;
        try (PreparedStatement update = transaction.prepareStatement(sql)) {
            update.setLong(1, ratingPosition);
            update.setLong(2, batch.bookedCalls());
            update.setLong(3, batch.unpriced().size() - batch.latePostings().size());
            expect(1, update.executeUpdate(), "rows of progress");
        }
    }

    private void copyPostings(
            Connection transaction,
            Map<CallAccounts, List<Posting>> postings,
            Map<AccountKey, Integer> ids)
            throws SQLException {
        if (!postings.isEmpty()) {
            new PostingBlocks(postings, routes.routes(transaction, postings.keySet(), ids))
                    .send(transaction);
        }
    }

    /**
     * The arrays are unnested side by side in the select list: in a from clause each would first be
     * written to a store of its own.
     */
    private void insertCorrections(
            Connection transaction,
            Map<CallAccounts, List<Posting>> corrections,
            Map<AccountKey, Integer> ids)
            throws SQLException {
        if (corrections.isEmpty()) {
            return;
        }
        String sql =
                """
                insert into posting_correction (tenant_no, route, usage_position, rating_position,
                                                occur_time, cost, charge)
                select unnest(?), unnest(?), unnest(?), unnest(?), unnest(?), unnest(?), unnest(?)
                """;
        Map<CallAccounts, RouteBook.Route> numbers =
                routes.routes(transaction, corrections.keySet(), ids);
        try (PreparedStatement insert = transaction.prepareStatement(sql)) {
            PostingColumns.of(corrections, numbers).bind(new SqlArrays(insert));
            insert.executeUpdate();
        }
    }

    /** A call that has its price by now must not come back as unpriced. */
    private static void insertUnpriced(Connection transaction, List<UnpricedCall> calls)
            throws SQLException {
        if (calls.isEmpty()) {
            return;
        }
        String sql =
                """
                insert into unpriced_posting (tenant_id, usage_position, rating_position, occur_time,
                                              reason)
                select tenant_id, usage_position, rating_position,
                       occur_time, reason
                from unnest(?, ?, ?, ?, ?)
                    as u (tenant_id, usage_position, rating_position, occur_time, reason)
                where not exists (
                    select from posting_block b join tenant_number n using (tenant_no)
                    where n.tenant_id = u.tenant_id
                      and b.last_usage_position
                          between u.usage_position and u.usage_position + 65535
                      and b.first_usage_position <= u.usage_position
                      and u.usage_position = any (b.usage_positions))
                """;
        try (PreparedStatement insert = transaction.prepareStatement(sql)) {
            new SqlArrays(insert)
                    .texts(calls.stream().map(UnpricedCall::tenant).toArray(String[]::new))
                    .longs(calls.stream().mapToLong(UnpricedCall::usagePosition).toArray())
                    .longs(calls.stream().mapToLong(UnpricedCall::ratingPosition).toArray())
                    .times(
                            calls.stream()
                                    .mapToLong(it -> SqlTimes.micros(it.occurTime()))
                                    .toArray())
                    .ints(calls.stream().mapToInt(UnpricedCall::reason).toArray());
            expect(calls.size(), insert.executeUpdate(), "calls not yet booked without a price");
        }
    }

    /** A call that got its price late must have been counted as unpriced: else it is unknown. */
    private static void deleteUnpriced(Connection transaction, List<Posting> late)
            throws SQLException {
        if (late.isEmpty()) {
            return;
        }
        String sql =
                """
                delete from unpriced_posting u
                using unnest(?, ?) as l (tenant_id, usage_position)
                where u.tenant_id = l.tenant_id and u.usage_position = l.usage_position
                """;
        try (PreparedStatement delete = transaction.prepareStatement(sql)) {
            new SqlArrays(delete)
                    .texts(late.stream().map(Posting::tenant).toArray(String[]::new))
                    .longs(late.stream().mapToLong(Posting::usagePosition).toArray());
            expect(late.size(), delete.executeUpdate(), "unpriced calls that got a price");
        }
    }

    private static void expect(int wanted, int got, String what) {
        if (wanted != got) {
            throw new IllegalStateException(what + ": " + got + " (expected: " + wanted + ")");
        }
    }
}
