package dev.meterbook.ledger.projection.posting;

import dev.meterbook.ledger.domain.AccountKey;
import dev.meterbook.ledger.domain.CallAccounts;
import dev.meterbook.ledger.domain.Posting;
import dev.meterbook.ledger.domain.PostingBatch;
import dev.meterbook.ledger.domain.UnpricedCall;
import dev.meterbook.ledger.projection.SqlArrays;
import dev.meterbook.ledger.projection.SqlTimes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Writes postings and unpriced calls, a batch with one statement each. */
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
        insert(transaction, "posting", batch.postings(), ids);
        insert(transaction, "posting_correction", batch.corrections(), ids);
        insertUnpriced(transaction, batch.unpriced());
        deleteUnpriced(transaction, batch.latePostings());
    }

    /**
     * Moves on in the rating log. A position that is not ahead of the last one has been booked.
     *
     * @param ratingPosition the last event of the batch
     */
    public void advance(Connection transaction, PostingBatch batch, long ratingPosition)
            throws SQLException {
        String sql =
                """
                update posting_progress
                set rating_position = ?, booked_calls = booked_calls + ?,
                    unpriced_calls = unpriced_calls + ?
                where shard = 0 and rating_position < ?
                """;
        try (PreparedStatement update = transaction.prepareStatement(sql)) {
            update.setLong(1, ratingPosition);
            update.setLong(2, batch.bookedCalls());
            update.setLong(3, batch.unpriced().size() - batch.latePostings().size());
            update.setLong(4, ratingPosition);
            expect(1, update.executeUpdate(), "rating position " + ratingPosition + " moved on");
        }
    }

    private void insert(
            Connection transaction,
            String table,
            Map<CallAccounts, List<Posting>> postings,
            Map<AccountKey, Integer> ids)
            throws SQLException {
        if (postings.isEmpty()) {
            return;
        }
        String sql =
                """
                insert into %s (tenant_no, route, usage_position, rating_position, occur_time, cost,
                                charge)
                select tenant_no, route, usage_position, rating_position,
                       timestamptz 'epoch' + occur_micros * interval '1 microsecond', cost, charge
                from unnest(?, ?, ?, ?, ?, ?, ?)
                    as p (tenant_no, route, usage_position, rating_position, occur_micros, cost,
                          charge)
                """
                        .formatted(table);
        Map<CallAccounts, RouteBook.Route> numbers =
                routes.routes(transaction, postings.keySet(), ids);
        try (PreparedStatement insert = transaction.prepareStatement(sql)) {
            PostingColumns.of(postings, numbers).bind(new SqlArrays(insert));
            insert.executeUpdate();
        }
    }

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
                       timestamptz 'epoch' + occur_micros * interval '1 microsecond', reason
                from unnest(?, ?, ?, ?, ?)
                    as u (tenant_id, usage_position, rating_position, occur_micros, reason)
                """;
        try (PreparedStatement insert = transaction.prepareStatement(sql)) {
            new SqlArrays(insert)
                    .texts(calls.stream().map(UnpricedCall::tenant).toArray(String[]::new))
                    .longs(calls.stream().mapToLong(UnpricedCall::usagePosition).toArray())
                    .longs(calls.stream().mapToLong(UnpricedCall::ratingPosition).toArray())
                    .longs(
                            calls.stream()
                                    .mapToLong(it -> SqlTimes.micros(it.occurTime()))
                                    .toArray())
                    .ints(calls.stream().mapToInt(UnpricedCall::reason).toArray());
            insert.executeUpdate();
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
