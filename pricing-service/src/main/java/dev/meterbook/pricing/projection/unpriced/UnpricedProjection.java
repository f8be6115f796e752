package dev.meterbook.pricing.projection.unpriced;

import dev.meterbook.kernel.Leaf;
import dev.meterbook.pricing.domain.UnpricedReason;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes which calls wait for a price, and which have got one. */
@Singleton
public final class UnpricedProjection {

    /**
     * A call that waits, by its place.
     *
     * @param tenantId the tenant
     * @param usagePosition position in the usage log
     */
    public record Waiting(String tenantId, long usagePosition) {}

    private static final String INSERT =
            """
            insert into unpriced_call (tenant_id, usage_shard, usage_position, call_id, provider, model,
                application, reason, leaf, occur_time, tried_position)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    /** Adds calls, in the transaction that stores them as unpriced. */
    public void add(Connection transaction, List<UnpricedCall> calls, long bookPosition)
            throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
            for (UnpricedCall call : calls) {
                insert.setString(1, call.tenantId());
                insert.setShort(2, (short) call.usageShard());
                insert.setLong(3, call.usagePosition());
                insert.setString(4, call.callId());
                insert.setString(5, call.provider());
                insert.setString(6, call.model());
                insert.setString(7, call.application());
                insert.setString(8, call.reason().name());
                insert.setString(9, leafId(call.leaf()));
                insert.setObject(10, call.occurTime().atOffset(ZoneOffset.UTC));
                insert.setLong(11, bookPosition);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static String leafId(@Nullable Leaf leaf) {
        return leaf == null ? "" : leaf.id();
    }

    /** A call is worth another try when something that it lacked became known since. */
    private static final String SELECT_TO_TRY =
            """
            select tenant_id, usage_position
            from (
                (select tenant_id, usage_position from unpriced_call
                    where late_rating_position is null and usage_shard = 0
                        and reason in ('UNKNOWN_MODEL', 'NO_PRICE_FOR_LEAF') and tried_position < ?
                    limit ?)
                union all
                (select tenant_id, usage_position from unpriced_call
                    where late_rating_position is null and usage_shard = 0
                        and reason = 'NO_PLAN' and tried_position < ?
                    limit ?)
                limit ?
            ) as to_try
            order by usage_position
            """;

    /**
     * Some of the calls that have waited since before the price book last grew in what they lack,
     * by position in the usage log.
     *
     * @param pricesPosition position of the last price in the price book
     * @param bookPosition position of the last fact in the price book
     * @param limit calls at most
     */
    public List<Waiting> toTry(
            Connection transaction, long pricesPosition, long bookPosition, int limit)
            throws SQLException {
        List<Waiting> calls = new ArrayList<>();
        try (PreparedStatement select = transaction.prepareStatement(SELECT_TO_TRY)) {
            select.setLong(1, pricesPosition);
            select.setInt(2, limit);
            select.setLong(3, bookPosition);
            select.setInt(4, limit);
            select.setInt(5, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    calls.add(new Waiting(rows.getString(1), rows.getLong(2)));
                }
            }
        }
        return calls;
    }

    private static final String UPDATE_RATED =
            """
            update unpriced_call set late_rating_position = ?
            from unnest(?::text[], ?::bigint[]) as rated (tenant_id, usage_position)
            where unpriced_call.tenant_id = rated.tenant_id and usage_shard = 0
                and unpriced_call.usage_position = rated.usage_position
                and late_rating_position is null
            """;

    /**
     * Notes that calls have a price now, in the transaction that stores their rating.
     *
     * @throws IllegalStateException if one of them had a price already
     */
    public void rated(Connection transaction, List<Waiting> calls, long ratingPosition)
            throws SQLException {
        try (PreparedStatement update = transaction.prepareStatement(UPDATE_RATED)) {
            update.setLong(1, ratingPosition);
            update.setArray(
                    2,
                    transaction.createArrayOf(
                            "text", calls.stream().map(Waiting::tenantId).toArray()));
            update.setArray(
                    3,
                    transaction.createArrayOf(
                            "int8", calls.stream().map(Waiting::usagePosition).toArray()));
            if (update.executeUpdate() != calls.size()) {
                throw new IllegalStateException("a call would be rated twice");
            }
        }
    }

    private static final String UPDATE_TRIED =
            """
            update unpriced_call set tried_position = ?, reason = ?, leaf = ?
            where tenant_id = ? and usage_shard = 0 and usage_position = ?
            """;

    /** Notes that calls still have no price, and why. */
    public void stillUnpriced(Connection transaction, List<UnpricedCall> calls, long bookPosition)
            throws SQLException {
        try (PreparedStatement update = transaction.prepareStatement(UPDATE_TRIED)) {
            for (UnpricedCall call : calls) {
                update.setLong(1, bookPosition);
                update.setString(2, call.reason().name());
                update.setString(3, leafId(call.leaf()));
                update.setString(4, call.tenantId());
                update.setLong(5, call.usagePosition());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    static @Nullable Leaf leaf(String id) {
        return Leaf.ofId(id).orElse(null);
    }

    static UnpricedReason reason(String name) {
        return UnpricedReason.valueOf(name);
    }
}
